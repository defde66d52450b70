using System.Text;
using Ronghe.Figures;
using Ronghe.Figures.Access;
using Ronghe.Figures.Durability;

// figures/all            every figure
// figures/all short      those that take seconds; ./test runs them
// figures/R-01 30        one figure; further words are its own
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
Figure[] figures =
[
    new Kills(), new PhotoKills(), new Races(), new Replays(),
];
var isShort = args.Contains("short");
var words = args.Where(word => word is not ("short" or "all")).ToArray();
Figure[] chosen = words is [] ? [.. figures.Where(figure => figure.IsShort || !isShort)]
    : [.. figures.Where(figure => figure.Id == words[0])];
if (chosen.Length == 0)
{
    Console.Error.WriteLine($"There is no figure {words[0]}. There are: {string.Join(' ', figures.Select(figure => figure.Id))}");
    return 2;
}
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) => _ = (press.Cancel = true, stop.CancelAsync());
await using var plant = new Plant();
var verdicts = new List<Verdict>();
foreach (var figure in chosen) verdicts.Add(await figure.PrintAsync(new(plant, words is [_, .. var own] ? own : [], isShort, stop.Token)));
return verdicts.Contains(Verdict.Fail) ? 1 : verdicts.Contains(Verdict.Invalid) ? 2 : 0;
