using System.Net;

namespace Ronghe.Figures.Access;

/// <summary>
/// R-32: passwords are guessed by the hundred, from one address and from many. Guesses are slowed down until the right one no longer gets
/// through, and meanwhile the rightful user signs in on the usual device and elsewhere, and so do colleagues.
/// </summary>
public sealed class Guesses() : Figure("R-32", isShort: true)
{
    const int Guessers = 8, Free = 5;

    int _guesses, _checked, _signIns;

    protected override async Task RunAsync(Run run, Tally tally)
    {
        await using var site = await run.Plant.StartAsync(run.Cancel);
        var (plant, count) = (run.Plant, run.CountOr(run.IsShort ? 60 : 400));
        var (victim, colleague) = (plant.Worker, plant.Named("杨员"));
        IPAddress attacker = IPAddress.Parse("127.0.0.66"), home = IPAddress.Parse("127.0.0.2"), elsewhere = IPAddress.Parse("127.0.0.3");
        using var usual = new Browser(site.Address, home);
        (await usual.SignInAsync(victim.Number, victim.Password)).Must(302);
        var guessing = Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Guessers, CancellationToken = run.Cancel },
            async (number, _) => await GuessAsync(site, attacker, victim, number, count, tally));
        do
        {
            await EntersAsync(site, home, victim, usual, "on the usual device", tally);
            await EntersAsync(site, elsewhere, victim, null, "on a new device elsewhere", tally);
            await EntersAsync(site, home, colleague, null, "as a colleague", tally);
        }
        while (!guessing.IsCompleted);
        await guessing;
        tally.Holds(_checked <= Free + Guessers, $"{_checked} guesses were checked against the password");
        await SprayAsync(site, plant, tally);
        await EntersAsync(site, home, victim, usual, "on the usual device after it all", tally);
        (tally.Load, tally.BadInputs) = ($"{_signIns} sign-ins of rightful users", $"{_guesses:N0} guesses, the right one among them");
        tally.Remark = $"{_checked} guesses checked, the others told to wait";
    }

    /// <summary>Late in the row stands the right password: by then it must not be looked at any more.</summary>
    async Task GuessAsync(Site site, IPAddress from, Player victim, int number, int count, Tally tally)
    {
        var isRight = number >= count / 2 && number % 10 == 0;
        using var browser = new Browser(site.Address, from);
        var answer = await browser.SignInAsync(victim.Number, isRight ? victim.Password : $"猜猜看第 {number} 次");
        Interlocked.Increment(ref _guesses);
        tally.Holds(answer.Status == 422, $"guess {number}{(isRight ? ", the right one," : "")} was answered {answer.Status}");
        if (!answer.Text.Contains("秒后再试", StringComparison.Ordinal)) Interlocked.Increment(ref _checked);
    }

    /// <summary>Known by a cookie of the device, or new there.</summary>
    async Task EntersAsync(Site site, IPAddress from, Player player, Browser? device, string how, Tally tally)
    {
        using var fresh = new Browser(site.Address, from);
        var browser = device ?? fresh;
        browser.DropCookie("ronghe");
        var answer = await browser.SignInAsync(player.Number, player.Password);
        _signIns++;
        tally.Holds(answer.Status == 302, $"{player.Name} was not let in {how}: {answer.Status}");
    }

    /// <summary>One password tried on every number from one address: the address has to wait; the people on their own devices have not.</summary>
    async Task SprayAsync(Site site, Plant plant, Tally tally)
    {
        var (from, told) = (IPAddress.Parse("127.0.0.77"), 0);
        for (var number = 0; number < 110; number++)
        {
            using var browser = new Browser(site.Address, from);
            var answer = await browser.SignInAsync($"9{number:00000}", "春天在哪里呀");
            _guesses++;
            if (answer.Text.Contains("秒后再试", StringComparison.Ordinal)) told++;
        }
        tally.Holds(told > 0, "110 numbers could be tried from one address without a wait");
        await EntersAsync(site, IPAddress.Parse("127.0.0.4"), plant.Officer, null, "while another address guesses", tally);
    }
}
