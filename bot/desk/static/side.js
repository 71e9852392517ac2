/** What stands beside a conversation: the file, the last ruling, what was asked and answered. */

import { CaseCard } from './case_card.js';
import { h, icon } from './dom.js';
import { LastRuling } from './ruling.js';
import { Summary } from './summary.js';
import { say } from './words.js';

export class Side {
  /** `on.jump(seq)`, `on.close()`, `on.changed()` after a correction. */
  constructor(on) {
    this.parts = [new CaseCard(on), new LastRuling(on), new Summary(on)];
    this.node = h('aside', { class: 'side', 'aria-label': say('case'), tabindex: '-1' },
      h('div', { class: 'side-head only-medium' }, h('h2', {}, say('case')),
        h('button', { type: 'button', class: 'quiet square', 'aria-label': say('close'), onclick: () => on.close() }, icon('close'))),
      this.parts.map(({ node }) => node));
    this.node.hidden = true;
  }

  show(details) {
    this.node.hidden = details === null;
    for (const part of this.parts) part.show(details);
  }
}
