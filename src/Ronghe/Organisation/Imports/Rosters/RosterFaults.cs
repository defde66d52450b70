namespace Ronghe.Organisation.Imports.Rosters;

/// <summary>What can be wrong in a roster besides what any sheet can have.</summary>
static class RosterFaults
{
    public const string
        MissingNumber = "missing-number", DuplicateNumber = "duplicate-number", MissingName = "missing-name", UnknownGender = "unknown-gender", UnknownPresence = "unknown-presence",
        MissingUnit = "missing-unit", UnknownUnit = "unknown-unit", AmbiguousUnit = "ambiguous-unit", UnknownCrew = "unknown-crew",
        UnknownStatus = "unknown-status", MissingBranch = "missing-branch", UnknownBranch = "unknown-branch", UnknownGroup = "unknown-group",
        UnknownPartyPost = "unknown-party-post", ImpossibleDate = "impossible-date",
        TooYoungForParty = "too-young-for-party", ConfirmedBeforeJoined = "confirmed-before-joined", UnknownPerson = "unknown-person",
        LeftPerson = "left-person", OutsideReach = "outside-reach";
}
