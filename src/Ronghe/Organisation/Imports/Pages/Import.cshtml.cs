using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Ronghe.Platform.Security;
using Ronghe.Platform.Web;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Imports.Pages;

/// <summary>One file: what was understood, what is wrong, and the decision.</summary>
[Requires(ImportPermissions.View)]
public sealed class ImportModel(ImportQueries imports, ImportActions actions) : RonghePage
{
    public const int MostErrorsShown = 200;
    const string Keep = "keep";

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public int Version { get; set; }

    public ImportDetail Run { get; private set; } = null!;
    public IReadOnlyDictionary<(string Sheet, int Column), string> Samples { get; private set; } = new Dictionary<(string, int), string>();

    public override async Task<IActionResult> ShowAsync()
    {
        Run = await imports.FindAsync(Id, HttpContext.RequestAborted);
        if (Run.CanCheck) Samples = await imports.SamplesAsync(Id, HttpContext.RequestAborted);
        return Page();
    }

    public async Task<IActionResult> OnPostCheckAsync(CancellationToken cancel)
    {
        Run = await imports.FindAsync(Id, cancel);
        var result = await actions.CheckAsync(Id, Version, Chosen(), cancel);
        if (Request.Form.ContainsKey("save")) await actions.SaveMappingAsync(Id, cancel);
        return RedirectWithMessage(result.IsClean ? $"检查完成，{result.Counts.Valid} 行都正确。" : $"检查完成，{result.Counts.Errors} 处错误。", $"/imports/{Id}");
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

    async Task<IActionResult> ApplyAsync(ImportMode mode, CancellationToken cancel)
    {
        var result = await actions.ApplyAsync(Id, Version, mode, cancel);
        return RedirectWithMessage($"已导入 {result.Counts.Imported} 行。", $"/imports/{Id}");
    }

    /// <summary>The columns of a sheet, for the choice of one.</summary>
    public static IEnumerable<Option> Headings(Platform.Spreadsheets.ColumnMapping sheet) =>
        sheet.Headings.Select(h => new Option(h.Column.ToString(CultureInfo.InvariantCulture), h.Title.Length > 0 ? h.Title : $"第 {h.Column + 1} 列"));

    public IEnumerable<Option> Meanings(UnknownWord word) =>
        [.. word.Candidates.Select(c => new Option(c.Id, c.Title)), new Option(Keep, "保留原词，不对应")];

    public string Meaning(UnknownWord word) => Run.Choices.Answer(word.Column, word.Word) switch { null => "", ImportChoices.KeepWord => Keep, var id => id };

    ImportChoices Chosen()
    {
        var form = Request.Form;
        var sheets = Run.Choices.Sheets.Select((sheet, i) => Run.SpecOf(sheet).Columns.Aggregate(sheet, (mapping, column) =>
            form.TryGetValue($"column.{i}.{column.Key}", out var chosen)
                ? mapping.With(column.Key, int.TryParse(chosen, CultureInfo.InvariantCulture, out var number) ? number : null)
                : mapping));
        var choices = Run.Choices with { Sheets = [.. sheets] };
        for (var i = 0; i < Run.Report.Words.Count; i++)
            if (form.TryGetValue($"word.{i}", out var answer))
                choices = choices.WithWord(Run.Report.Words[i].Column, Run.Report.Words[i].Word, answer.ToString() switch { "" => null, Keep => ImportChoices.KeepWord, var id => id });
        return choices;
    }
}
