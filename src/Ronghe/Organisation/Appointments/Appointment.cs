using Ronghe.Platform;
using Ronghe.Platform.Data;

namespace Ronghe.Organisation.Appointments;

/// <summary>A person holds a post at a node from … to …; rights follow from it and end with it.</summary>
public sealed class Appointment : Aggregate
{
    Appointment() { }

    public Appointment(Guid companyId, Guid personId, Guid nodeId, string post, DateOnly from, DateOnly? to = null, Guid? id = null)
    {
        if (to < from) throw new Refusal("任期结束早于开始，请核对日期。", nameof(To));
        Id = id ?? Id;
        (CompanyId, PersonId, NodeId, Post, From, To) = (companyId, personId, nodeId, post, from, to);
    }

    public Guid CompanyId { get; private init; }
    public Guid PersonId { get; private init; }
    public Guid NodeId { get; private init; }
    /// <summary>Key of one of <see cref="Posts.All"/>.</summary>
    public string Post { get; private init; } = "";
    public DateOnly From { get; private init; }
    /// <summary>Last day of the post; null while it runs.</summary>
    public DateOnly? To { get; private set; }

    public bool IsCurrent(DateOnly today) => From <= today && (To is null || To >= today);

    public void End(DateOnly on)
    {
        if (on < From) throw new Refusal("卸任日期早于任职日期，请核对。", nameof(To));
        if (To <= on) throw new Refusal($"这项任职已在 {To:yyyy-MM-dd} 结束。");
        To = on;
    }
}
