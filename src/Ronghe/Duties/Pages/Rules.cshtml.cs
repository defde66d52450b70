using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Duties.Pages;

/// <summary>The duties with their sources; one at a time is changed, with a reason.</summary>
[Requires(DutyPermissions.View)]
public sealed class RulesModel(DutyRulebook rulebook, Me me) : RonghePage
{
    public static readonly Option[] Units = [new("Week", "周"), new("Month", "月"), new("Quarter", "季度"), new("Year", "年")];
    public static readonly Option[] Anchors =
        [new("PeriodEnd", "本期末"), new("PeriodStart", "本期首日"), new("NextPeriodStart", "下期首日"), new("FixedDate", "本期内指定月日"), new("NextPeriodDate", "下期内指定月日")];
    public static readonly Option[] Workdays = [new("Previous", "提前到上一工作日"), new("Next", "顺延到下一工作日"), new("None", "不调整")];
    public static readonly Option[] Severities = [.. Enum.GetValues<DutySeverity>().Select(severity => new Option(severity.ToString(), severity.Title()))];

    [FromQuery(Name = "edit")] public string? Edit { get; set; }

    public RuleForm Form { get; private set; } = new();
    public bool MayChange { get; } = me.May(DutyPermissions.Configure);
    public IReadOnlyList<Duty> All { get; private set; } = [];
    public Duty? Edited { get; private set; }
    public DutyDefinition StandardOf(string code) => rulebook.StandardOf(code);
    public string CitationsOf(string source) => rulebook.CitationsOf(source);
    public string SubjectTitle(Duty duty) => rulebook.SubjectTitle(duty);
    public IReadOnlyList<(EventDuty Duty, EventDutyAnswer? Answer)> Events => rulebook.Events;

    public override async Task<IActionResult> ShowAsync()
    {
        All = await rulebook.AllAsync(HttpContext.RequestAborted);
        Edited = MayChange ? All.FirstOrDefault(duty => duty.Code == Edit) : null;
        if (Edited is { } edited) Form = RuleForm.Of(edited.Definition);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int version, RuleForm form)
    {
        await rulebook.ChangeAsync(Edit ?? "", version, rule => rule.Restate(form.Name ?? "", form.ToCadence(), form.LeadDays, form.Severity, form.Note ?? "", form.IsOn), form.Reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage($"“{form.Name}”已改好，从现在起按新的算。", $"/duties/rules?edit={Uri.EscapeDataString(Edit ?? "")}");
    }

    public sealed class RuleForm
    {
        public string? Name { get; set; }
        public int Every { get; set; } = 1;
        public CadenceUnit Unit { get; set; }
        public int Times { get; set; } = 1;
        public DueAnchor Anchor { get; set; }
        public int Offset { get; set; }
        public int Month { get; set; } = 12;
        public int Day { get; set; } = 31;
        public WorkdayRule Workday { get; set; }
        public int LeadDays { get; set; }
        public DutySeverity Severity { get; set; }
        public string? Note { get; set; }
        public bool IsOn { get; set; }
        public string? Reason { get; set; }

        public static RuleForm Of(DutyDefinition duty) => new()
        {
            Name = duty.Name, Every = duty.Cadence.Every, Unit = duty.Cadence.Unit, Times = duty.Cadence.Times, Anchor = duty.Cadence.Anchor, Offset = duty.Cadence.Offset,
            Month = duty.Cadence.Month, Day = duty.Cadence.Day, Workday = duty.Cadence.Workday, LeadDays = duty.LeadDays, Severity = duty.Severity, Note = duty.Note, IsOn = duty.IsOn,
        };

        public DutyCadence ToCadence() => new(Every, Unit, Times, Anchor, Offset, Workday, Month, Day);
    }
}
