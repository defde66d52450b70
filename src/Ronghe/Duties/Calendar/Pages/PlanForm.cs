using Ronghe.Platform;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Duties.Calendar.Pages;

/// <summary>The fields of a form, with the words for the ids that it holds.</summary>
public sealed record PlanFields(PlanForm Form, string? Unit, string? Lead);

/// <summary>A plan as a form has it; people are named by their numbers.</summary>
public sealed class PlanForm
{
    public static readonly Option[] Kinds = [.. Enum.GetValues<PlanKind>().Select(kind => new Option(kind.ToString(), kind.Title()))];
    public static readonly Option[] Tags =
    [
        new(nameof(PlanTag.Party), "党建"), new(nameof(PlanTag.Production), "生产"), new(nameof(PlanTag.Both), "党建 + 生产", "一次活动办两件事，只填一遍"),
    ];

    public Guid Id { get; set; }
    public PlanKind Kind { get; set; }
    public PlanTag Tag { get; set; } = PlanTag.Production;
    public string? Title { get; set; }
    [Picked("units")] public Guid? UnitId { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    [Picked("people")] public Guid? LeadId { get; set; }
    public string? People { get; set; }

    public PlanFacts ToFacts(IReadOnlyCollection<Guid> people)
    {
        var from = From ?? throw new Refusal("请选开始日期。", nameof(From));
        return new(Kind, Tag, Title ?? "", UnitId ?? Guid.Empty, from, To ?? from, LeadId, people);
    }

    public static PlanForm Of(PlanDetail detail) => new()
    {
        Id = detail.Plan.Id, Kind = detail.Plan.Kind, Tag = detail.Plan.Tag, Title = detail.Plan.Title, UnitId = detail.Plan.UnitId, From = detail.Plan.From, To = detail.Plan.To, LeadId = detail.Plan.LeadId,
        People = string.Join('、', detail.People.Select(person => person.Number)),
    };
}
