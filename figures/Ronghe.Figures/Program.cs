using System.Text;
using Ronghe.Figures;
using Ronghe.Figures.Access;
using Ronghe.Figures.Content;
using Ronghe.Figures.Durability;
using Ronghe.Figures.Offline;

// figures/all            every figure
// figures/all short      those that take seconds; ./test runs them
// figures/R-01 30        one figure; further words are its own
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
Figure[] figures =
[
    new Kills(), new PhotoKills(), new Tampering(), new Races(), new Replays(), new Backups(), new Roles(), new Forgeries(), new Bombs(), new CameraTraces(), new Formulas(), new Traversals(), new InsideCalls(), new Sessions(), new Guesses(), new OfflineReports(),
];
var isShort = args.Contains("short");
var named = args.Where(word => word.StartsWith("R-", StringComparison.Ordinal)).ToList();
var own = args.Except([.. named, "short", "all"]).ToList();
Figure[] chosen = named is [] ? [.. figures.Where(figure => figure.IsShort || !isShort)] : [.. figures.Where(figure => named.Contains(figure.Id))];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"There is no figure {string.Join(' ', named)}. There are: {string.Join(' ', figures.Select(figure => figure.Id))}");
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => _ = (press.Cancel = true, stop.CancelAsync());
await using var plant = new Plant();
var verdicts = new List<Verdict>();
foreach (var figure in chosen) verdicts.Add(await figure.PrintAsync(new(plant, own, isShort, stop.Token)));
return verdicts.Contains(Verdict.Fail) ? 1 : verdicts.Contains(Verdict.Invalid) ? 2 : 0;
