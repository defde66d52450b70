using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Duties;

/// <summary>How much a gap matters: shown to the level above, listed as a gap, or only told to who owes.</summary>
public enum DutySeverity { Low, Medium, High }

/// <summary>Who gave the rhythm: a rule, a paper, or only this product's default.</summary>
public enum CadenceOrigin { Default, Paper, Rule }

/// <summary>What a duty says: who owes what, how often, and which record meets it. Duties are met by records, never by ticks.</summary>
/// <param name="Subject">Key of a <see cref="DutySubjectKind"/>.</param>
/// <param name="Evidence">Key of a <see cref="DutyEvidence"/>: the kind of record that meets it.</param>
/// <param name="EvidenceText">The same in words.</param>
/// <param name="LeadDays">Days before the deadline from which it stands in "my week".</param>
/// <param name="Source">Ids of rules and mechanisms, parted by blanks.</param>
public sealed record DutyDefinition(
    string Name, string Subject, DutyCadence Cadence, string Evidence, string EvidenceText, int LeadDays, DutySeverity Severity,
    string Source, CadenceOrigin Origin, string Purpose, string Note, bool IsOn);

/// <summary>A duty as one company keeps it, once it differs from the default; each change is told to the journal with its reason.</summary>
public sealed class DutyRule : Aggregate
{
    const int LongestName = 40, LongestText = 300, LongestLead = 120;

    DutyRule() { }

    public DutyRule(Guid companyId, string code, DutyDefinition standard) => (CompanyId, Code, Definition) = (companyId, code, standard);

    public Guid CompanyId { get; private init; }
    /// <summary>e.g. DU-26; the same in every company, for it names the default.</summary>
    public string Code { get; private init; } = "";
    public DutyDefinition Definition { get; private set; } = null!;

    /// <summary>Another rhythm, other words; who owes and what meets it stay, for they are what the duty is.</summary>
    public void Restate(string name, DutyCadence cadence, int leadDays, DutySeverity severity, string note, bool isOn)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new Refusal("义务名称没有填写。", nameof(DutyDefinition.Name));
        if (name.Trim().Length > LongestName) throw new Refusal($"义务名称超过 {LongestName} 字，没有保存，填写的内容还在。", nameof(DutyDefinition.Name));
        if (note.Length > LongestText) throw new Refusal($"说明超过 {LongestText} 字，没有保存，填写的内容还在。", nameof(DutyDefinition.Note));
        if (leadDays is < 0 or > LongestLead) throw new Refusal($"提前提醒应在 0—{LongestLead} 天之间，没有保存，填写的内容还在。", nameof(DutyDefinition.LeadDays));
        cadence.Check();
        // A rhythm that the plant chose is no longer what a rule or a paper asks.
        var origin = cadence == Definition.Cadence ? Definition.Origin : CadenceOrigin.Default;
        Definition = Definition with { Name = name.Trim(), Cadence = cadence, LeadDays = leadDays, Severity = severity, Note = note.Trim(), IsOn = isOn, Origin = origin };
        Acted();
    }
}
