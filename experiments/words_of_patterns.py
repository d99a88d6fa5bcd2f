"""What is said of the patterns: meanings and units, by the English that patterns.py and held_out.py name them with."""

from __future__ import annotations

from ..words import Words, message, message_in

MEANINGS: dict[str, Words] = {
    str(each): each
    for each in (
        message("second report if the first was fixed, relative to if it was not"),
        message("reporters with a single report in 15 months"),
        message("orders dispatched per 1,000 residents and year"),
        message("mean time to administrative closing"),
        message("cases closed after their deadline"),
        message("volunteered in the last 90 days"),
        message("ever registered as volunteers"),
        message("volunteers of one year gone in the next"),
        message("petitioners received on a deputy's reception day"),
        message("of these, answered on the spot"),
        message("acts of volunteering per resident and year"),
        message("acts in recorded year 3 relative to year 1"),
        message("inequality of acts among a year's volunteers"),
        message("cases closed in time but not truly resolved (V, P9)"),
        message("attendance of meetings with a quorum, per 120 affected"),
        message("redeemers among earners at 0.5 yuan an hour"),
        message("acts at 0.1 yuan an hour, relative to none"),
        message("from 1 yuan on steepest in the middle"),
        message("acts at 20 yuan, relative to none"),
        message("what 5 yuan add in private"),
        message("what they add on a public board"),
        message("interaction of pay and board"),
        message("turnout at a ballot"),
        message("what a board adds"),
        message("what active neighbours give, relative to active members"),
        message("what the town gives more than without the example"),
        message("praised and active again in the next 30 days"),
        message("the same a year later"),
        message("adoption, near-consensus less majority"),
        message("consent of the same losers, likewise"),
        message("the same where both adopt"),
        message("by how much consent moves more than adoption"),
        message("speaking Gini under the eight rules less without"),
        message("the chair's floor without them"),
        message("consent, direct vote less council"),
        message("adoption, likewise"),
        message("double quorum fails"),
        message("the same if nobody refuses to vote"),
        message("90 days after points are gone, relative to the last 90 paid"),
        message("the same, relative to a town that never had them"),
    )
}
"""Meanings of patterns."""

UNITS: dict[str, Words] = {
    str(each): each
    for each in (
        message_in("unit of a pattern", "ratio"),
        message_in("unit of a pattern", "share"),
        message_in("unit of a pattern", "reports"),
        message_in("unit of a pattern", "working days"),
        message_in("unit of a pattern", "residents"),
        message_in("unit of a pattern", "acts"),
        message_in("unit of a pattern", "Gini"),
        message_in("unit of a pattern", "relative change"),
        message_in("unit of a pattern", "share of towns"),
        message_in("unit of a pattern", "acts per resident-year"),
        message_in("unit of a pattern", "%"),
        message_in("unit of a pattern", "points"),
        message_in("unit of a pattern", "× mean"),
    )
}
"""Units of patterns."""
