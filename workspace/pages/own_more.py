"""Bullying, training, support, survey, caravans, referrals and local events: what else the council holds."""

from workspace import frame
from workspace.session import session

own = session()
frame.head("own_more", own)
frame.held(
    own, "school_bullying", "training", "support", "resident_survey", "caravans", "nrm_referrals", "local_events"
)
