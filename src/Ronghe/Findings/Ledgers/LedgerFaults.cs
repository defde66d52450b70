namespace Ronghe.Findings.Ledgers;

/// <summary>What can be wrong in a ledger besides what any sheet can have.</summary>
static class LedgerFaults
{
    public const string
        MissingNumber = "missing-number", DuplicateNumber = "duplicate-number", NumberExists = "number-exists",
        MissingDescription = "missing-description", MissingDate = "missing-date", ImpossibleDate = "impossible-date",
        DueBeforeFound = "due-before-found", CompletedBeforeFound = "completed-before-found", VerifiedBeforeCompleted = "verified-before-completed",
        MissingDueDate = "missing-due-date", MissingCompletionDate = "missing-completion-date", StatusMismatch = "status-mismatch",
        UnknownSource = "unknown-source", UnknownGrade = "unknown-grade", UnknownStatus = "unknown-status",
        MissingUnit = "missing-unit", UnknownUnit = "unknown-unit", OutsideReach = "outside-reach",
        MissingRectifier = "missing-rectifier", UnknownPerson = "unknown-person", LeftPerson = "left-person", AmbiguousPerson = "ambiguous-person", OwnVerification = "own-verification",
        MissingPlace = "missing-place", UnknownPlace = "unknown-place", UnknownCategory = "unknown-category", UnknownMergeTarget = "unknown-merge-target", Refused = "refused";
}
