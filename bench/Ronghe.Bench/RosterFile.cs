using System.Globalization;
using ExcelDataReader;
using Ronghe.Platform.Spreadsheets;

namespace Ronghe.Bench;

/// <summary>The demo plant's roster many times over, each person with a number of their own.</summary>
static class RosterFile
{
    const int HeaderRow = 4, FirstRow = 5, People = 480, Columns = 21, Number = 1, Department = 6, Posts = 17;

    public static async Task WriteAsync(string source, string target, int rows)
    {
        var (headings, people) = Read(source);
        await using var output = File.Create(target);
        await using var writer = new SheetWriter(output);
        writer.Sheet("员工花名册", [.. headings.Select(h => new SheetColumn(h))]);
        for (var i = 0; i < rows; i++)
        {
            var (person, row) = (people[i % people.Count], writer.Row());
            for (var c = 0; c < Columns; c++)
                row.Text(c == Number ? (100_000 + i).ToString(CultureInfo.InvariantCulture) : c == Posts && i >= people.Count ? "" : person[c]);
            if (i % 500 == 0) await writer.FlushAsync();
        }
    }

    static (string[] Headings, List<string[]> People) Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        var (rows, number) = (new List<string[]>(), 0);
        while (reader.Read())
        {
            number++;
            if (number == HeaderRow || number >= FirstRow && number < FirstRow + People) rows.Add([.. Enumerable.Range(0, Columns).Select(c => Text(reader.GetValue(c)))]);
        }
        (rows[0][0], rows[0][Columns - 1]) = ("序号", "手机号");
        for (var i = 2; i < rows.Count; i++)
            if (rows[i][Department] == "") rows[i][Department] = rows[i - 1][Department];
        return (rows[0], rows[1..]);
    }

    static string Text(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
