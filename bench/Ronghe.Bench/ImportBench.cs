using System.Diagnostics;
using System.Globalization;
using ExcelDataReader;
using Ronghe.Organisation.Access;
using Ronghe.Organisation.Imports;

namespace Ronghe.Bench;

/// <summary>A roster of 10,000 rows taken in whole, against merely reading the same file with the spreadsheet library.</summary>
static class ImportBench
{
    const int Rows = 10_000, Rounds = 5;

    public static async Task<bool> RunAsync(Stage stage)
    {
        var folder = Path.Combine(Program.ContentFolder, "demo");
        var roster = Path.Combine(stage.Folder, "roster.xlsx");
        await RosterFile.WriteAsync(Path.Combine(folder, "roster.xlsx"), roster, Rows);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var address = await stage.DatabaseAsync();
            await using var product = await Host.StartAsync(address, stage.Folder, 18343);
            await ImportAsync(product.Services, "org", Path.Combine(folder, "org.xlsx"));
            var watch = Stopwatch.StartNew();
            var imported = await ImportAsync(product.Services, "people", roster);
            if (imported != Rows) throw new InvalidOperationException($"{imported} rows were imported.");
            var took = watch.Elapsed.TotalSeconds;
            watch.Restart();
            Read(roster);
            // The first round warms up.
            if (round == 0) continue;
            ours.Add(took);
            theirs.Add(watch.Elapsed.TotalSeconds);
        }
        var (a, b) = (ours.Order().ElementAt(Rounds / 2), theirs.Order().ElementAt(Rounds / 2));
        return Line.Print("import of 10,000 roster rows", $"{a:0.00} s", $"{b:0.00} s", a / b, "<  3.00", a / b < 3);
    }

    static async Task<int> ImportAsync(IServiceProvider services, string kind, string file)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(Me.System);
        await using var stream = File.OpenRead(file);
        var result = await scope.ServiceProvider.GetRequiredService<ImportActions>().ImportAsync(kind, Path.GetFileName(file), stream, new ImportOptions());
        return result.Errors.Count == 0 ? result.Counts.Imported : throw new InvalidOperationException($"{result.Errors[0].Cell}: {result.Errors[0].Message}");
    }

    static void Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = ExcelReaderFactory.CreateReader(stream);
        long length = 0;
        do
            while (reader.Read())
                for (var i = 0; i < reader.FieldCount; i++)
                    length += Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)?.Length ?? 0;
        while (reader.NextResult());
        if (length == 0) throw new InvalidOperationException("Nothing was read.");
    }
}
