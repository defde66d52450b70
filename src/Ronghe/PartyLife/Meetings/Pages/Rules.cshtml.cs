using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Organisation.Access;
using Ronghe.Platform;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;

namespace Ronghe.PartyLife.Meetings.Pages;

/// <summary>Types, votes and kinds, each with its source; one of them at a time (<c>?edit=</c>) can be altered, which makes a new edition.</summary>
[Requires(MeetingPermissions.Use)]
public sealed partial class RulesModel(MeetingRulebook rulebook, MeetingPack pack, Me me) : RonghePage
{
    [FromQuery(Name = "edit")] public string? Edit { get; set; }
    [BindProperty] public RuleForm Form { get; set; } = new();

    public MeetingEdition Edition { get; private set; } = null!;
    public IReadOnlyList<MeetingEditionRow> Editions { get; private set; } = [];
    public bool MayChange { get; } = me.May(MeetingPermissions.Configure);
    public string PackVersion => pack.Version;
    public MeetingType? Type => Edition.Rules.Types.FirstOrDefault(type => type.Id == Edit);
    public VoteFormula? Formula => Edition.Rules.Formulas.FirstOrDefault(formula => formula.Id == Edit);
    public AgendaKind? Kind => Edition.Rules.Kinds.FirstOrDefault(kind => kind.Id == Edit);
    public string? Title => Type?.Name ?? Formula?.Name ?? Kind?.Name;
    public string SourceOf(string source) => rulebook.CitationsOf(source);

    public override async Task<IActionResult> ShowAsync()
    {
        Edition = await rulebook.CurrentAsync(HttpContext.RequestAborted);
        Editions = await rulebook.EditionsAsync(HttpContext.RequestAborted);
        if (HttpMethods.IsGet(Request.Method)) Form = RuleForm.Of(Type, Formula, Kind, Edition.Rules);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int number)
    {
        var edition = await rulebook.ChangeAsync(number, rules => Form.Apply(rules, Edit ?? ""), Form.Reason ?? "", HttpContext.RequestAborted);
        return RedirectWithMessage($"已保存为第 {edition} 版，从现在起安排的会议按它；以前的会议不变。", "/meetings/rules");
    }

    public sealed partial class RuleForm
    {
        public string? Name { get; set; }
        public string? Agenda { get; set; }
        public string? Note { get; set; }
        public string? Quorum { get; set; }
        public string? Pass { get; set; }
        public string? Short { get; set; }
        public bool IsSafety { get; set; }
        public bool IsProduction { get; set; }
        public bool IsOn { get; set; }
        public string? Reason { get; set; }

        public static RuleForm Of(MeetingType? type, VoteFormula? formula, AgendaKind? kind, MeetingRuleSet rules) => new()
        {
            Name = type?.Name ?? formula?.Name ?? kind?.Name, Note = type?.Note, IsOn = type?.IsOn ?? kind?.IsOn ?? true,
            Agenda = type is null ? null : string.Join('\n', type.Agenda.Select(line => $"{rules.Kinds.FirstOrDefault(one => one.Id == line.Kind)?.Short} {line.Title}")),
            Quorum = formula is null ? null : Say(formula.Quorum), Pass = formula?.Pass is { } pass ? Say(pass) : null, Short = kind?.Short, IsSafety = kind?.IsSafety ?? false, IsProduction = kind?.IsProduction ?? false,
        };

        /// <summary>What was altered no longer stands under the source of the default.</summary>
        public MeetingRuleSet Apply(MeetingRuleSet rules, string id)
        {
            if (rules.Types.Any(type => type.Id == id))
                return rules with { Types = [.. rules.Types.Select(type => type.Id == id ? type with { Name = Name?.Trim() ?? "", Note = Note?.Trim() ?? "", IsOn = IsOn, Agenda = Lines(rules, type) } : type)] };
            if (rules.Formulas.Any(formula => formula.Id == id))
                return rules with { Formulas = [.. rules.Formulas.Select(formula => formula.Id == id ? Restated(formula) : formula)] };
            if (rules.Kinds.Any(kind => kind.Id == id))
                return rules with { Kinds = [.. rules.Kinds.Select(kind => kind.Id == id ? kind with { Name = Name?.Trim() ?? "", Short = Short?.Trim() ?? "", IsSafety = IsSafety, IsProduction = IsProduction || IsSafety, IsOn = IsOn } : kind)] };
            throw new NotFound("这一项规则");
        }

        VoteFormula Restated(VoteFormula formula)
        {
            var (quorum, pass) = (Read(Quorum, formula.Quorum.Of), formula.Pass is { } bar ? Read(Pass, bar.Of) : null);
            return formula with { Name = Name?.Trim() ?? "", Quorum = quorum, Pass = pass, Source = quorum == formula.Quorum && pass == formula.Pass ? formula.Source : "", PassSource = pass == formula.Pass ? formula.PassSource : "" };
        }

        /// <summary>Each line begins with the short name of its kind.</summary>
        AgendaLine[] Lines(MeetingRuleSet rules, MeetingType type) =>
        [
            .. from line in (Agenda ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
               let at = line.IndexOf(' ', StringComparison.Ordinal)
               let kind = rules.Kinds.FirstOrDefault(one => at > 0 && one.Short == line[..at]) ?? throw new Refusal($"“{(line.Length > 30 ? line[..30] + "…" : line)}”开头不是类别简称加空格，没有保存，填写的内容还在。", nameof(Agenda))
               let title = line[(at + 1)..].Trim()
               select type.Agenda.FirstOrDefault(old => old.Title == title && old.Kind == kind.Id) ?? new AgendaLine(title, kind.Id, 10, kind.Expected),
        ];

        static string Say(VoteBar bar) => $"{(bar.OrEqual ? "≥" : "＞")}{bar.Over}/{bar.Under}";

        static VoteBar Read(string? text, VoteBase of) =>
            Fraction().Match(text ?? "") is { Success: true } match && int.TryParse(match.Groups[2].Value, out var over) && int.TryParse(match.Groups[3].Value, out var under)
                ? new(of, match.Groups[1].Value == "≥", over, under)
                : throw new Refusal("比例请写成 ≥1/2 或 ＞1/2 的样子。没有保存，填写的内容还在。", of == VoteBase.Due ? nameof(Quorum) : nameof(Pass));

        [GeneratedRegex(@"^\s*([≥＞])\s*(\d{1,3})\s*/\s*(\d{1,3})\s*$")]
        private static partial Regex Fraction();
    }
}
