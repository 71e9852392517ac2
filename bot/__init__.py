"""The NEXUS interview guide.

Time zones are read from the `tzdata` package and never from the system: British Columbia, Alberta and Manitoba
changed their clocks in November 2026 and system files are often older, which would put every appointment there one
hour off. It stands here because it must happen before the first zone is read, whatever is imported first.
"""

import zoneinfo

zoneinfo.reset_tzpath(to=())
