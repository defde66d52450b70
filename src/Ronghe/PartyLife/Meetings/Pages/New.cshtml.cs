using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Plans a meeting: first of which type (<c>?type=</c>), then when, where and by whom. For which bodies one may, the act itself knows.</summary>
[Requires(MeetingPermissions.Use)]
public sealed class NewModel(MeetingActions actions, MeetingRulebook rulebook, MeetingChoices choices, Me me, TimeProvider clock) : RonghePage
{
    static readonly TimeOnly UsualTime = new(15, 0);

    [FromQuery(Name = "type")] public string? Type { get; set; }
    [BindProperty] public PlanForm Form { get; set; } = new();

    MeetingRuleSet _rules = null!;
    IReadOnlyDictionary<Guid, string> _names = new Dictionary<Guid, string>();

    public IEnumerable<MeetingType> Types => _rules.Types.Where(type => type.IsOn && me.May(MeetingAccess.PermissionFor(type)));
    public MeetingType? Chosen => Types.FirstOrDefault(type => type.Code == Type);
    public string SourceOf(string source) => rulebook.CitationsOf(source);
    public string KindName(string id) => _rules.Kinds.FirstOrDefault(kind => kind.Id == id)?.Name ?? id;
    public string? NameOf(Guid? id) => id is { } known ? _names.GetValueOrDefault(known) : null;

    public override async Task<IActionResult> ShowAsync()
    {
        if (!me.May(MeetingPermissions.Party) && !me.May(MeetingPermissions.Work)) throw new Forbidden("您没有组织会议的权限。需要的话，请联系党支部书记或部门负责人。");
        _rules = (await rulebook.CurrentAsync(HttpContext.RequestAborted)).Rules;
        if (Chosen is not { } type) return Page();
        if (HttpMethods.IsGet(Request.Method))
        {
            var on = WorkCalendar.China.AddWorkdays(clock.Today(), 3);
            Form = new() { Id = Guid.CreateVersion7(), Title = $"{on.Month} 月{type.Name}", At = on.At(UsualTime), ChairId = me.PersonId, BodyId = await choices.BodyAsync(type, HttpContext.RequestAborted) };
        }
        _names = await choices.NamesAsync([Form.BodyId, Form.ChairId, Form.RecorderId, Form.LecturerId], HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await actions.PlanAsync(Form.Id, Form.ToPlan(Type ?? ""), HttpContext.RequestAborted);
        return RedirectWithMessage("已安排，应到会的人已列好。核对议程和名单，然后发通知。", $"/meetings/{Form.Id}");
    }
}
