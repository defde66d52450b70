using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Findings;

/// <summary>
/// The plant's own numbers for the loop. Defaults come with their reason; no regulation fixes them (rule YH-04 leaves the days to the unit).
/// </summary>
public sealed class FindingRules : Aggregate
{
    FindingRules() { }

    public FindingRules(Guid companyId) => CompanyId = companyId;

    public Guid CompanyId { get; private init; }
    /// <summary>Working days that a general finding gets by default.</summary>
    public int GeneralDays { get; private set; } = 5;
    /// <summary>Working days that a major finding gets by default; its plan may say otherwise.</summary>
    public int MajorDays { get; private set; } = 20;
    public int ExtensionsMost { get; private set; } = 2;
    /// <summary>Working days after closing in which the reporter can confirm or dispute.</summary>
    public int ConfirmDays { get; private set; } = 5;
    /// <summary>Working days overdue at which it goes to the crew, the department and the plant.</summary>
    public int[] EscalateAfter { get; private set; } = [1, 3, 5];
    /// <summary>Of a month's closed findings, how many per cent are looked at again.</summary>
    public int RecheckPercent { get; private set; } = 5;

    public int DaysFor(FindingGrade? grade) => grade == FindingGrade.Major ? MajorDays : GeneralDays;

    public void Set(int generalDays, int majorDays, int extensionsMost, int confirmDays, int[] escalateAfter, int recheckPercent)
    {
        if (generalDays is < 1 or > 250) throw new Refusal("一般隐患的默认期限应在 1—250 个工作日之间。", nameof(GeneralDays));
        if (majorDays is < 1 or > 500) throw new Refusal("重大隐患的默认期限应在 1—500 个工作日之间。", nameof(MajorDays));
        if (extensionsMost is < 0 or > 10) throw new Refusal("延期次数应在 0—10 之间。", nameof(ExtensionsMost));
        if (confirmDays is < 1 or > 60) throw new Refusal("确认期应在 1—60 个工作日之间。", nameof(ConfirmDays));
        if (escalateAfter.Length != Finding.TopEscalationLevel || escalateAfter[0] < 1 || escalateAfter[0] >= escalateAfter[1] || escalateAfter[1] >= escalateAfter[2])
            throw new Refusal("升级天数要有三级，并且逐级增大。", nameof(EscalateAfter));
        if (recheckPercent is < 0 or > 100) throw new Refusal("回头看比例应在 0—100 之间。", nameof(RecheckPercent));
        (GeneralDays, MajorDays, ExtensionsMost, ConfirmDays, EscalateAfter, RecheckPercent) =
            (generalDays, majorDays, extensionsMost, confirmDays, escalateAfter, recheckPercent);
    }
}
