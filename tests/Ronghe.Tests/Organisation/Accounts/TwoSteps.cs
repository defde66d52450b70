using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.People;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>A person's phone with an authenticator app on it.</summary>
sealed class Phone(byte[] secret, TestClock clock)
{
    public string Code(int off = 0) => Totp.CodeAt(secret, Totp.StepAt(clock.GetUtcNow()) + off);

    /// <summary>Reads what the page shows for typing in.</summary>
    public static Phone Scan(IHtmlDocument page, TestClock clock) => new(FromBase32(page.QuerySelector("code.secret")!.TextContent.Replace(" ", "")), clock);

    static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}

static class TwoSteps
{
    public const string Password = "炉火正旺 2026 年";

    /// <summary>Turns two steps on as a person does, and moves the clock on so that the next code is a new one.</summary>
    public static async Task<(Phone Phone, string[] Codes)> TurnOnTwoStepsAsync(this TestApp app, Person person)
    {
        await app.SetPasswordAsync(person, Password);
        var visitor = await app.SignInAs(person);
        var page = await visitor.ReadAsync("/me/two-step");
        var phone = Phone.Scan(page, app.Clock);
        var ticket = page.QuerySelector<IHtmlInputElement>("input[name=Ticket]")!.Value;
        var answer = await visitor.PostAsync("/me/two-step?handler=Enrol", new { Ticket = ticket, Code = phone.Code() }, tokenFrom: "/me/two-step");
        var codes = (await answer.PageAsync()).QuerySelectorAll(".codes code").Select(code => code.TextContent).ToArray();
        app.Clock.Pass(TimeSpan.FromSeconds(30));
        return (phone, codes);
    }

    public static Task<HttpResponseMessage> FirstStepAsync(this Visitor visitor, Person person) =>
        visitor.SubmitAsync("/sign-in", new { person.Number, Password });

    public static Task<HttpResponseMessage> SecondStepAsync(this Visitor visitor, string code) => visitor.SubmitAsync("/sign-in/second", new { Code = code });

    public static Task<List<string>> AccountEventsAsync(this TestApp app, Person person)
    {
        var account = app.World.AccountIds[person.Id];
        return app.InDatabase(db => db.Journal.Where(row => row.SubjectId == account).OrderBy(row => row.Seq).Select(row => row.Event).ToListAsync());
    }
}
