using System.Reflection;
using System.Text.RegularExpressions;
using Ronghe.Organisation.Imports;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Tests.Organisation.Imports;

/// <summary>docs/imports.md names every kind of error with its cause and remedy, and the limits as they are.</summary>
public partial class ErrorListTests
{
    static readonly string Doc = File.ReadAllText(Path.Combine(Source.Root, "docs", "imports.md"));

    static IEnumerable<string> Kinds =>
        from type in typeof(Program).Assembly.GetTypes()
        where type.Name.EndsWith("Faults", StringComparison.Ordinal) || type == typeof(SheetErrorKind)
        from constant in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where constant.IsLiteral && constant.FieldType == typeof(string)
        select (string)constant.GetRawConstantValue()!;

    [Fact]
    public void Every_kind_of_error_stands_in_the_list_with_cause_and_remedy_and_none_that_does_not_exist()
    {
        var listed = Line().Matches(Doc).ToDictionary(line => line.Groups["kind"].Value, line => (Cause: line.Groups["cause"].Value.Trim(), Remedy: line.Groups["remedy"].Value.Trim()));
        var kinds = Kinds.ToHashSet();
        Assert.True(kinds.Count > 50, $"{kinds.Count} kinds");
        Assert.Empty(kinds.Except(listed.Keys));
        Assert.Empty(listed.Keys.Except(kinds));
        Assert.All(listed.Values, line => Assert.True(line.Cause.Length > 3 && line.Remedy.Length > 1));
    }

    [Fact]
    public void The_limits_are_those_of_the_code()
    {
        var limits = SheetLimits.Default;
        foreach (var number in new[] { $"{limits.FileBytes >> 20} MB", $"{limits.EntryBytes >> 20} MB", $"{limits.TotalBytes >> 20} MB", $"{limits.Ratio} : 1",
            $"{limits.Rows:N0} 行", $"{limits.Columns:N0} 列", $"{limits.Cells:N0} 格", $"{limits.Sheets} 张工作表", $"{limits.CellCharacters:N0} 字",
            $"{limits.Characters / 10_000:N0} 万字", $"{ImportReport.MostErrorsKept:N0} 处", $"一次 {ImportReport.MostWordsKept} 个" })
            Assert.Contains(number, Doc);
    }

    [GeneratedRegex(@"^\| `(?<kind>[a-z]+(?:-[a-z]+)*)` \|(?<cause>[^|]+)\|(?<remedy>[^|]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
