using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;
using Ronghe.Safety.Checklists;
using Ronghe.Safety.Zones;

namespace Ronghe.Safety.Inspections.Pages;

/// <summary>Plans an inspection; which kinds may be planned where, the act itself knows.</summary>
[Requires(InspectionPermissions.View)]
public sealed class NewModel(InspectionActions actions, ChecklistBook book, ZoneQueries zones, TreeQueries trees, Me me, TimeProvider clock) : RonghePage
{
    public static readonly Option[] Roles = [.. Enum.GetValues<TeamRole>().Select(role => new Option(role.ToString(), role.Title()))];

    const string Usual = "usual";
    /// <summary>Chosen already where a duty leads here.</summary>
    [FromQuery(Name = "kind")] public string? Kind { get; set; }

    [BindProperty] public PlanForm Form { get; set; } = new();

    readonly Dictionary<Guid, string?> _names = [];

    public IReadOnlyList<Option> Checklists { get; private set; } = [];
    public string? UnitName { get; private set; }
    public string? LeadName => NameOf(Form.LeadId);
    public string? NameOf(Guid? person) => person is { } id ? _names.GetValueOrDefault(id) : null;

    public IReadOnlyList<Option> Kinds => [.. Enum.GetValues<InspectionKind>().Where(kind => kind switch
    {
        InspectionKind.ZoneRound => false, InspectionKind.SpotCheck => me.May(InspectionPermissions.SpotCheck), InspectionKind.WorkerPatrol => me.May(InspectionPermissions.Patrol),
        _ => me.May(InspectionPermissions.Plan),
    }).Select(kind => new Option(kind.ToString(), kind.Title(), kind.Hint()))];

    public override async Task<IActionResult> ShowAsync()
    {
        var cancel = HttpContext.RequestAborted;
        if (HttpMethods.IsGet(Request.Method)) Form = new() { Id = Guid.CreateVersion7(), On = clock.Today(), Checklist = Usual, Kind = Kinds.Any(kind => kind.Value == Kind) ? Enum.Parse<InspectionKind>(Kind!) : Enum.TryParse<InspectionKind>(Kinds.FirstOrDefault()?.Value, out var first) ? first : default };
        Checklists = [new(Usual, "按检查种类配：抽查 CK16、环保 CK13、融合监督 CK15，其余不用"), .. (await book.AllAsync(cancel)).Where(list => list.IsActive).Select(list => new Option(list.Code, $"{list.Code} {list.Name}"))];
        if (Form.UnitId is { } unit) UnitName = await trees.NameAsync(unit, cancel);
        foreach (var person in new[] { Form.LeadId, Form.Member1, Form.Member2, Form.Member3 }.OfType<Guid>()) _names[person] = await zones.PersonNameAsync(person, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostPlanAsync(CancellationToken cancel)
    {
        var id = Form.Id == Guid.Empty ? Guid.CreateVersion7() : Form.Id;
        await actions.PlanAsync(id, Form.ToPlan(clock.Today()), Form.Checklist == Usual ? Form.Kind.UsualChecklist() : Form.Checklist, cancel);
        return RedirectWithMessage(Form.Kind == InspectionKind.SpotCheck ? "抽查已安排。对象由带队书记抽取，开始以前只有他看得到。" : "检查已安排。", $"/inspections/{id}");
    }

    public sealed class PlanForm
    {
        public Guid Id { get; set; }
        public InspectionKind Kind { get; set; }
        public string? Title { get; set; }
        [Picked("units")] public Guid? UnitId { get; set; }
        [Picked("people")] public Guid? LeadId { get; set; }
        public DateOnly? On { get; set; }
        public string? Checklist { get; set; }
        [Picked("people")] public Guid? Member1 { get; set; }
        [Picked("people")] public Guid? Member2 { get; set; }
        [Picked("people")] public Guid? Member3 { get; set; }
        public TeamRole Role1 { get; set; }
        public TeamRole Role2 { get; set; }
        public TeamRole Role3 { get; set; }

        public InspectionPlan ToPlan(DateOnly today) => new(Kind, Title ?? "", UnitId, null, LeadId ?? Guid.Empty, On ?? today,
            [.. new[] { (Member1, Role1), (Member2, Role2), (Member3, Role3) }.Where(member => member.Item1 is not null).Select(member => new TeamMember(member.Item1!.Value, member.Item2))]);
    }
}
