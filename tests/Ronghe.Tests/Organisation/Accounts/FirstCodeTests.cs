using System.Net;
using Microsoft.EntityFrameworkCore;
using Ronghe.Organisation.Accounts;
using Ronghe.Organisation.People;
using Ronghe.Platform.Security;

namespace Ronghe.Tests.Organisation.Accounts;

/// <summary>Slips for a crew: printed once, good once, for choosing a password.</summary>
public class FirstCodeTests(TestApp app) : IClassFixture<TestApp>
{
    const string Own = "冬季大练兵今天开始了！";

    [Fact]
    public async Task A_slip_lets_its_person_in_once_with_a_password_of_his_own()
    {
        var code = (await PrintAsync(app.World.ShiftTwo.Id, app.World.Zhang))[app.World.Zhang.Number];
        var zhang = app.Stranger();
        var entered = await EnterAsync(zhang, app.World.Zhang, code.ToUpperInvariant().Replace('-', ' '));
        Assert.Equal("/", entered.Headers.Location?.ToString());
        Assert.Contains("张海", (await zhang.ReadAsync("/me")).Body!.TextContent);
        Assert.Equal("/", (await app.Stranger().SubmitAsync("/sign-in", new { app.World.Zhang.Number, Password = Own })).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.Stranger(), app.World.Zhang, code)).StatusCode);
        Assert.Equal([AccountJournal.FirstCodeMade, AccountJournal.FirstCodeUsed, AccountJournal.SignedIn], (await app.AccountEventsAsync(app.World.Zhang)).Take(3));
        Assert.DoesNotContain(code, string.Concat(await app.InDatabase(db => db.Journal.Select(row => row.Data).ToListAsync())));
    }

    [Fact]
    public async Task A_slip_belongs_to_one_person_and_a_new_one_replaces_it()
    {
        var slips = await PrintAsync(app.World.BoilerCrew.Id, app.World.He, app.World.Liu);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.Stranger(), app.World.He, slips[app.World.Liu.Number])).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.Stranger(), app.World.He, "aaaa-bbbb-cccc-dddd")).StatusCode);
        var again = await PrintAsync(app.World.BoilerCrew.Id, app.World.He);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(app.Stranger(), app.World.He, slips[app.World.He.Number])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await EnterAsync(app.Stranger(), app.World.He, again[app.World.He.Number])).StatusCode);
        var stored = await app.InDatabase(db => db.FirstCodes.Select(c => c.Hash).ToListAsync());
        Assert.DoesNotContain(stored, hash => hash.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(slips[app.World.Liu.Number])));
    }

    [Fact]
    public async Task A_slip_expires_and_a_password_that_is_refused_does_not_use_it_up()
    {
        await using var own = await TestApp.StartAsync();
        var wang = own.World.Wang;
        var code = (await PrintAsync(own, own.World.ShiftOne.Id, wang))[wang.Number];
        Assert.Contains("太短", await (await EnterAsync(own.Stranger(), wang, code, "太短")).TextAsync());
        Assert.Contains("不一样", await (await own.Stranger().SubmitAsync("/sign-in/first", new { wang.Number, Slip = code, Wanted = Own, Repeated = "x" })).TextAsync());
        own.Clock.Pass(FirstCode.Life);
        Assert.Contains("已经过期", await (await EnterAsync(own.Stranger(), wang, code)).TextAsync());
        Assert.Null(await own.InDatabase(db => db.Users.Where(a => a.PersonId == wang.Id).Select(a => a.PasswordHash).SingleAsync()));
    }

    [Fact]
    public async Task Guessing_codes_gets_slower_and_an_unknown_number_gets_the_same_answer()
    {
        var guesser = app.Stranger();
        guesser.Address = "10.8.8.8";
        var known = await (await EnterAsync(guesser, app.World.Zhao, "aaaa-bbbb-cccc-dddd")).PageAsync();
        var unknown = await (await guesser.SubmitAsync("/sign-in/first", new { Number = "8888", Slip = "aaaa-bbbb-cccc-dddd", Wanted = Own, Repeated = Own })).PageAsync();
        Assert.Equal(known.QuerySelector(".problems")!.TextContent, unknown.QuerySelector(".problems")!.TextContent);
        for (var i = 0; i < 4; i++) await EnterAsync(guesser, app.World.Zhao, "aaaa-bbbb-cccc-dddd");
        Assert.Contains("秒后再试", await (await EnterAsync(guesser, app.World.Zhao, "aaaa-bbbb-cccc-dddd")).TextAsync());
    }

    [Fact]
    public async Task Who_has_a_password_of_his_own_and_the_three_administrators_get_no_slip()
    {
        await app.SetPasswordAsync(app.World.Chen, TwoSteps.Password);
        var xu = await app.SignInAs(app.World.Xu);
        var listed = (await xu.ReadAsync($"/admin/first-codes?unit={app.World.Plant.Id}")).QuerySelector("#print")!.TextContent;
        Assert.Contains("吴敏", listed);
        foreach (var name in new[] { "陈晓燕", "冯凯", "许宁", "郑毅" }) Assert.DoesNotContain(name, listed);
        var refused = await xu.PostAsync($"/admin/first-codes?unit={app.World.Plant.Id}&handler=Print", new { People = app.World.Feng.Id });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.False(await app.InDatabase(db => db.FirstCodes.AnyAsync(c => c.AccountId == app.World.AccountIds[app.World.Feng.Id])));
    }

    [Fact]
    public async Task Only_the_security_administrator_prints_and_confirms_before_it()
    {
        await using var own = await TestApp.StartAsync();
        foreach (var person in new[] { own.World.Feng, own.World.Zheng, own.World.Zhao, own.World.Wang })
            Assert.Equal(HttpStatusCode.Forbidden, (await (await own.SignInAs(person)).GetAsync("/admin/first-codes")).StatusCode);
        var xu = await own.SignInAs(own.World.Xu);
        own.Clock.Pass(ConfirmFirst.Holds);
        var asked = await xu.PostAsync($"/admin/first-codes?unit={own.World.ShiftTwo.Id}&handler=Print", new { People = own.World.Zhang.Id });
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.Equal(0, await own.InDatabase(db => db.FirstCodes.CountAsync()));
    }

    [Fact]
    public async Task A_handed_out_password_and_a_slip_replace_each_other_and_a_second_factor_is_still_asked_for()
    {
        await using var own = await TestApp.StartAsync();
        var li = own.World.Li;
        var (phone, _) = await own.TurnOnTwoStepsAsync(li);
        var handedOut = await own.AsAsync(own.World.Xu, services => services.Of<AccountActions>().ResetPasswordAsync(li.Id));
        var code = (await PrintAsync(own, own.World.Equipment.Id, li))[li.Number];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await own.Stranger().SubmitAsync("/sign-in", new { li.Number, handedOut.Password })).StatusCode);
        var visitor = own.Stranger();
        Assert.StartsWith("/sign-in/second", (await EnterAsync(visitor, li, code)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SecondStepAsync(phone.Code())).StatusCode);

        var other = (await PrintAsync(own, own.World.BoilerCrew.Id, own.World.He))[own.World.He.Number];
        await own.AsAsync(own.World.Xu, services => services.Of<AccountActions>().ResetPasswordAsync(own.World.He.Id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await EnterAsync(own.Stranger(), own.World.He, other)).StatusCode);
    }

    [Fact]
    public async Task Somebody_without_an_account_gets_one_with_the_slip()
    {
        await using var own = await TestApp.StartAsync();
        var person = new Person(own.World.Company.Id, "0999", "钱新", own.World.ShiftTwo.Id);
        await own.InDatabase(db =>
        {
            db.People.Add(person);
            return db.SaveChangesAsync();
        });
        var code = (await PrintAsync(own, own.World.ShiftTwo.Id, person))["0999"];
        var row = await own.AsAsync(own.World.Xu, services => services.Of<AccountQueries>().FindAsync(person.Id));
        Assert.Equal(AccountState.Awaited, row.State);
        Assert.Equal("/", (await EnterAsync(own.Stranger(), person, code)).Headers.Location?.ToString());
    }

    Task<Dictionary<string, string>> PrintAsync(Guid unit, params Person[] people) => PrintAsync(app, unit, people);

    static async Task<Dictionary<string, string>> PrintAsync(TestApp app, Guid unit, params Person[] people)
    {
        var xu = await app.SignInAs(app.World.Xu);
        var token = await xu.TokenAsync("/me");
        var fields = people.Select(person => KeyValuePair.Create("People", person.Id.ToString())).Append(new("__RequestVerificationToken", token));
        var answer = await xu.PostAsync($"/admin/first-codes?unit={unit}&handler=Print", fields);
        var page = await answer.PageAsync();
        Assert.Equal(people.Length, page.QuerySelectorAll(".slip").Length);
        return page.QuerySelectorAll(".slip").ToDictionary(slip => slip.QuerySelectorAll("b")[1].TextContent, slip => slip.QuerySelector("code")!.TextContent);
    }

    static Task<HttpResponseMessage> EnterAsync(Visitor visitor, Person person, string code, string password = Own) =>
        visitor.SubmitAsync("/sign-in/first", new { person.Number, Slip = code, Wanted = password, Repeated = password });
}
