using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Safety.Risks.Pages;

/// <summary>Plans a session; for whom one may, the act itself knows.</summary>
[Requires(RiskPermissions.Session)]
public sealed class NewSessionModel(RiskSessionActions actions, RiskQueries risks, TreeQueries trees, Me me, TimeProvider clock) : RonghePage
{
    public const int Places = 6;

    [BindProperty] public SessionForm Form { get; set; } = new();

    readonly Dictionary<Guid, string?> _names = [];

    public string? NodeName { get; private set; }
    public string? NameOf(Guid? person) => person is { } id ? _names.GetValueOrDefault(id) : null;
    public IReadOnlyList<Option> Kinds { get; } = [.. Enum.GetValues<RiskKind>().Where(kind => kind == RiskKind.Safety || me.May(RiskPermissions.Business)).Select(kind => new Option(kind.ToString(), kind.Title()))];

    public override async Task<IActionResult> ShowAsync()
    {
        if (HttpMethods.IsGet(Request.Method)) Form = SessionForm.OfQuarter(clock.Today(), me.PersonId);
        if (Form.NodeId is { } node) NodeName = await trees.NameAsync(node, HttpContext.RequestAborted);
        foreach (var person in Form.Invited().Append(Form.ChairId).OfType<Guid>()) _names[person] = await risks.PersonNameAsync(person, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await actions.PlanAsync(Form.Id, Form.ToPlan(), cancel);
        return RedirectWithMessage("已安排，参加的人会收到消息。可以先把要研判的风险列进来。", $"/risk-sessions/{Form.Id}");
    }

    public sealed class SessionForm
    {
        public Guid Id { get; set; }
        public RiskKind Kind { get; set; }
        public string? Title { get; set; }
        [Picked("nodes")] public Guid? NodeId { get; set; }
        public DateOnly? From { get; set; }
        public DateOnly? To { get; set; }
        public DateOnly? On { get; set; }
        [Picked("people")] public Guid? ChairId { get; set; }
        [Picked("people")] public Guid? Invited0 { get; set; }
        [Picked("people")] public Guid? Invited1 { get; set; }
        [Picked("people")] public Guid? Invited2 { get; set; }
        [Picked("people")] public Guid? Invited3 { get; set; }
        [Picked("people")] public Guid? Invited4 { get; set; }
        [Picked("people")] public Guid? Invited5 { get; set; }
        public string? WorkPlan { get; set; }

        /// <summary>The quarter that runs, as the duty asks for it (DU-32).</summary>
        public static SessionForm OfQuarter(DateOnly today, Guid? chair)
        {
            var from = new DateOnly(today.Year, ((today.Month - 1) / 3 * 3) + 1, 1);
            return new() { Id = Guid.CreateVersion7(), Title = $"{today.Year} 年{"一二三四"[(today.Month - 1) / 3]}季度安全风险研判", From = from, To = from.AddMonths(3).AddDays(-1), On = today, ChairId = chair };
        }

        public Guid?[] Invited() => [Invited0, Invited1, Invited2, Invited3, Invited4, Invited5];

        public RiskSessionPlan ToPlan() => new(
            Kind, Title ?? "", NodeId ?? Guid.Empty, From ?? throw new Refusal("请选时段的起日。", nameof(From)), To ?? throw new Refusal("请选时段的止日。", nameof(To)), On ?? throw new Refusal("请选开会日期。", nameof(On)),
            ChairId ?? Guid.Empty, [.. Invited().OfType<Guid>()], WorkPlan ?? "");
    }
}
