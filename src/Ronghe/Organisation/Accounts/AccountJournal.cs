using System.Text.Json;
using Ronghe.Platform.Journal;

namespace Ronghe.Organisation.Accounts;

/// <summary>What happens to accounts, in the journal's words. Numbers, passwords and tokens never stand there.</summary>
public static class AccountJournal
{
    public const string Kind = "account",
        SignedIn = "account.signed-in", SignedOut = "account.signed-out", SessionEnded = "account.session-ended", SignInSlowed = "account.sign-in-slowed",
        Confirmed = "account.confirmed",
        Opened = "account.opened", PasswordHandedOut = "account.password-handed-out", PasswordChosen = "account.password-chosen",
        Unlocked = "account.unlocked", Disabled = "account.disabled", Enabled = "account.enabled",
        TwoStepOn = "account.two-step-on", TwoStepOff = "account.two-step-off", RecoveryCodesMade = "account.recovery-codes-made",
        RecoveryCodeUsed = "account.recovery-code-used", SecondFactorReset = "account.second-factor-reset",
        TokenMade = "account.token-made", TokenRevoked = "account.token-revoked";

    /// <param name="db">The context whose save writes the row together with the change.</param>
    /// <param name="accountId">The account; all zero when nobody has the number that was tried.</param>
    /// <param name="happened">One of the words above.</param>
    /// <param name="by">Who acted; null for the system and for strangers.</param>
    /// <param name="at">When.</param>
    /// <param name="data">Particulars.</param>
    public static void RecordAccount(this AppDb db, Guid accountId, string happened, Guid? by, DateTimeOffset at, object? data = null) =>
        db.Journal.Add(new JournalRow
        {
            At = at, ActorId = by, SubjectKind = Kind, SubjectId = accountId, Event = happened, Data = JsonSerializer.Serialize(data ?? new { }, JsonSerializerOptions.Web),
        });
}
