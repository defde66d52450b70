using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Spreadsheets;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Imports.Pages;

/// <summary>One file: what was understood, what is wrong, and the decision.</summary>
[Requires(ImportPermissions.View), StepUp("Undo")]
public sealed class ImportModel(ImportQueries imports, ImportActions actions) : RonghePage
{
    public const int MostErrorsShown = 200;
    const string Keep = "keep";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }
    [BindProperty] public bool Save { get; set; }

    public ImportDetail Run { get; private set; } = null!;
    /// <summary>For each column with open words, everything that may be meant.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Meanings { get; private set; } = new Dictionary<string, IReadOnlyList<string>>();

    public override async Task<IActionResult> ShowAsync()
    {
        Run = await imports.FindAsync(Id, HttpContext.RequestAborted);
        if (Run.CanCheck && Run.Report.Words.Any(word => word.MayKeep)) Meanings = await imports.MeaningsAsync(Run, HttpContext.RequestAborted);
        if (HttpMethods.IsPost(Request.Method) && Version == Run.Version) KeepInput();
        return Page();
    }

    /// <summary>After a refusal; the fields differ from file to file, so that no property holds them.</summary>
    void KeepInput()
    {
        foreach (var (name, value) in Request.Form)
            if (name.Contains('.')) ModelState.SetModelValue(name, value.ToString(), value.ToString());
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        Run = await imports.FindAsync(Id, cancel);
        return RedirectWithMessage(Said(await actions.CheckAsync(Id, Version, Decisions().Apply, Save, cancel)), $"/imports/{Id}");
    }

    public Task<IActionResult> OnPostApplyAllAsync(CancellationToken cancel) => ApplyAsync(ImportMode.AllOrNothing, cancel);
    public Task<IActionResult> OnPostApplyGoodAsync(CancellationToken cancel) => ApplyAsync(ImportMode.GoodRows, cancel);

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancel)
    {
        await actions.UndoAsync(Id, Version, cancel);
        return RedirectWithMessage("已撤销，数据恢复到导入以前。", $"/imports/{Id}");
    }

    public async Task<IActionResult> OnGetMarkedAsync(CancellationToken cancel)
    {
        var (name, content) = await imports.MarkedAsync(Id, cancel);
        return File(content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
    }

    /// <summary>What was changed on the form but not checked yet must not be lost, nor go in unseen.</summary>
    async Task<IActionResult> ApplyAsync(ImportMode mode, CancellationToken cancel)
    {
        Run = await imports.FindAsync(Id, cancel);
        if (Run.CanCheck && Decisions() is var decisions && decisions.Change(Run.Choices))
        {
            var again = await actions.CheckAsync(Id, Version, decisions.Apply, Save, cancel);
            return RedirectWithMessage($"对应关系改过，先重新检查了，还没有导入。{Said(again)}请看过结果再导入。", $"/imports/{Id}");
        }
        if (Save) await actions.SaveMappingAsync(Id, cancel);
        var result = await actions.ApplyAsync(Id, Version, mode, cancel);
        return RedirectWithMessage($"已导入 {result.Counts.Imported} 行。", $"/imports/{Id}");
    }

    static string Said(ImportResult result) => result switch
    {
        { Counts.Rows: 0 } => result.Notes is [var missing, ..] ? missing : "表头下面没有数据行。",
        { IsClean: true } => $"检查完成，{result.Counts.Valid} 行都正确。",
        _ => $"检查完成，{result.Counts.Rows} 行里 {result.Counts.Valid} 行正确，有 {result.Counts.Errors} 处错误。",
    };

    /// <summary>The columns of a sheet, for the choice of one.</summary>
    public static IEnumerable<Option> Headings(ColumnMapping sheet) =>
        sheet.Headings.Select(h => new Option(Text(h.Column), $"{h.Letters} 列 {(h.Group == "" || h.Group == h.Title ? h.Title : $"{h.Group} · {h.Title}")}"));

    public IEnumerable<Option> Sheets => [.. Run.Report.Sheets.Select(sheet => new Option(sheet.Name, sheet.Name, null)), new Option("", "不导入这个名单")];

    public string? Sample(ColumnMapping sheet, int column) =>
        Run.Report.Sheets.FirstOrDefault(known => known.Name == sheet.Sheet)?.Samples.GetValueOrDefault(column) is { Length: > 0 } sample ? $"例如 {sample}" : null;

    /// <summary>What may be chosen for a word, the answer of last time among it.</summary>
    public static IEnumerable<Option> Offered(UnknownWord word) =>
        word.MayKeep ? [.. word.Candidates.Select(Choice), new Option(Keep, "都不是，保留原词")] : word.Candidates.Select(Choice);

    public string Chosen(UnknownWord word) => Run.Choices.Answer(word.Column, word.Word) switch
    {
        null => "", ImportChoices.KeepWord => Keep, var id => word.Candidates.Any(known => known.Id == id) ? id : "",
    };

    static Option Choice(WordCandidate candidate) => new(candidate.Id, candidate.Title);

    ImportDecisions Decisions() => new([.. Run.Choices.Sheets.Select(SheetSaid)], [.. Run.Report.Words.Select((word, i) => new WordDecision(word.Column, word.Word, Meant(word, i)))]);

    SheetDecision SheetSaid(ColumnMapping sheet, int i) => new(
        Said($"sheet.{i}") ?? sheet.Sheet, int.TryParse(Said($"header.{i}"), CultureInfo.InvariantCulture, out var row) && row > 0 ? row : sheet.FirstHeaderRow,
        Run.SpecOf(sheet).Columns.ToDictionary(column => column.Key, column => Said($"column.{i}.{column.Key}") is not { } chosen
            ? sheet.Of(column.Key) is >= 0 and var known ? known : null : int.TryParse(chosen, CultureInfo.InvariantCulture, out var number) ? number : (int?)null));

    /// <summary>A written name counts before the choice; a word that the form did not show keeps its answer.</summary>
    string? Meant(UnknownWord word, int i)
    {
        if (Said($"other.{i}") is { } other && other.Trim() is { Length: > 0 } written) return written;
        return Said($"word.{i}") switch
        {
            null => Run.Choices.Answer(word.Column, word.Word), "" => null, Keep => ImportChoices.KeepWord, var id => id,
        };
    }

    string? Said(string field) => Request.Form.TryGetValue(field, out var said) ? said.ToString() : null;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
