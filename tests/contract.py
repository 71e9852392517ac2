"""Names that others rely on, as the contract of the conversation fixes them."""

INTENTS = frozenset(
    """
    greet goodbye thank affirm deny cancel restart help bot_challenge chitchat change_language inform
    verify_identity check_status ask_next_step ask_interview_options ask_cbp_on_flight ask_what_if ask_why
    ask_book_cbsa_interview ask_appointment_availability ask_change_appointment ask_where_centres
    ask_joint_us_interview ask_land_split ask_finish_at_land ask_order_of_steps ask_connecting_flight
    ask_time_before_flight ask_day_of_travel_problem ask_preclearance_authority ask_documents ask_family
    ask_renewal ask_processing_time ask_eligibility ask_benefits ask_fees ask_card ask_denial notify_me
    talk_to_human complain out_of_scope
    """.split()
)
