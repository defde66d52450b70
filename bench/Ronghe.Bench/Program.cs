using System.Text;
using Ronghe.Bench;

// bench/run            everything
// bench/run list       only the named measurements: list, import, page, search, rollup, duties, create, journal, zones
// ExcelDataReader, the baseline of the import, asks for the old code pages.
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
var wanted = args.Length == 0 ? ["list", "import", "page", "search", "rollup", "duties", "create", "journal", "zones"] : args;
await using var stage = await Stage.OpenAsync();
Console.WriteLine($"{"measurement",-46} {"ours",14} {"baseline",14} {"ratio",8}  limit");
var ok = true;
foreach (var name in wanted)
    ok &= name switch
    {
        "list" => await ListBench.RunAsync(stage),
        "import" => await ImportBench.RunAsync(stage),
        "search" => await SearchBench.RunAsync(stage),
        "rollup" => await RollupBench.RunAsync(stage),
        "duties" => await DutyBench.RunAsync(stage),
        "create" => await CreateBench.RunAsync(stage),
        "journal" => await JournalBench.RunAsync(stage),
        "zones" => await ZoneBench.RunAsync(stage),
        "page" => await PageBench.RunAsync(stage),
        _ => throw new ArgumentException($"Unknown measurement {name}."),
    };
return ok ? 0 : 1;
