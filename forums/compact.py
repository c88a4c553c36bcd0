"""What each objective of the Compact is about, in a sentence of our own; the titles are the Assembly's. Pure."""

from django.utils.translation import gettext_lazy as _

IN_SHORT = {
    1: _("Counting well: figures on migration that are comparable, broken down, protected, and used when policy is made."),
    2: _("Why people have to leave: poverty, conflict, disasters and a changing climate, and what would let them stay."),
    3: _("Knowing before going: rules, rights, costs and risks at every stage, in languages that people understand."),
    4: _("Papers that prove who somebody is: birth registration, passports, and an end to statelessness."),
    5: _("Ways to move lawfully: for work, study and family, for every skill, and for people in vulnerable situations."),
    6: _("Fair hiring and decent work: no fees for workers, contracts that hold, inspection, and the same rights at work."),
    7: _("People at particular risk on the way and after arrival: children, women, the sick, the stranded."),
    8: _("Lives lost and people missing: search and rescue, identifying the dead, and answers for their families."),
    9: _("Against those who smuggle people for profit, across borders and together, without making migrants the culprits."),
    10: _("Against trafficking in persons: prevention, prosecution, and protection of those who were exploited."),
    11: _("Borders that are secure and fair: common procedures, trained staff, and human rights at each of them."),
    12: _("Clear procedures at arrival: screening, assessment and referral that people can foresee and understand."),
    13: _(
        "Detention as the last resort: alternatives first, by law, for the shortest time, and never because of age alone."
    ),
    14: _("Help from one's own State abroad: consulates that are near, competent, and work together."),
    15: _("School, health and other basic services for everybody, whatever their status."),
    16: _("Living together: inclusion that asks something of newcomers and of those who were there before."),
    17: _("Against discrimination, hate and false pictures; for a debate on facts, and media that know their power."),
    18: _("Skills that count in another country: training, recognised qualifications, partnerships of labour markets."),
    19: _("What migrants and diasporas bring to development, and the conditions in which they can."),
    20: _("Sending money home faster, safer and for less, and banking for those who have none."),
    21: _("Going back in safety and dignity: readmission between States, and a start that lasts."),
    22: _("Pensions and benefits that were earned in one country and can be drawn in another."),
    23: _("Working together: partnerships, and support for countries that carry more than they can."),
}
