using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace Ronghe.Tests.Platform.Replay;

/// <summary>A form has one effect, however often it is sent.</summary>
public class FormReplayTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Every_form_that_changes_something_carries_a_key_of_its_own()
    {
        var sun = await app.SignInAs(app.World.Sun);
        foreach (var page in new[] { "/findings/report", "/me/password", "/findings/rechecks", "/notices/choices" })
        {
            var forms = (await sun.ReadAsync(page)).QuerySelectorAll<IHtmlFormElement>("main form[method=post]").ToList();
            Assert.NotEmpty(forms);
            var keys = forms.ConvertAll(form => form.QuerySelector<IHtmlInputElement>("input[name=FormKey]")?.Value);
            Assert.All(keys, key => Assert.True(Guid.TryParse(key, out _)));
            Assert.Equal(keys.Count, keys.Distinct().Count());
        }
    }

    [Fact]
    public async Task Sent_twice_and_once_more_at_the_same_moment_a_form_acts_once_and_leads_to_the_same_place()
    {
        var sun = await app.SignInAs(app.World.Sun);
        var key = Guid.CreateVersion7();
        var month = app.Clock.GetUtcNow().AddMonths(-2).ToString("yyyy-MM");
        var before = await DrawnAsync();
        // The token against forgery is there before the presses, as it is on a page that was opened.
        await sun.ReadAsync("/findings/rechecks");
        Task<HttpResponseMessage> Send() => sun.PostAsync("/findings/rechecks", new { Month = month, FormKey = key });
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send()));
        answers = [.. answers, await Send()];
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Redirect, "/findings/rechecks"), (answer.StatusCode, answer.Headers.Location!.ToString())));
        Assert.Equal(before + 1, await DrawnAsync());
        // The message of the act comes with each answer: whichever of them the browser keeps, the person reads it.
        Assert.All(answers, answer => Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("ronghe-flash", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_form_with_other_content_is_refused_and_keeps_what_was_written()
    {
        var zhang = await app.SignInAs(app.World.Zhang);
        var key = Guid.CreateVersion7();
        Task<HttpResponseMessage> Choose(string from) => zhang.PostAsync("/notices/choices", new { QuietFrom = from, QuietTo = "06:00", FormKey = key });
        Assert.Equal(HttpStatusCode.Redirect, (await Choose("21:00")).StatusCode);
        var other = await Choose("20:00");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        var page = await other.PageAsync();
        Assert.Contains("这次填的不一样", page.Body!.TextContent);
        Assert.StartsWith("20:00", page.QuerySelector<IHtmlInputElement>("input[name=QuietFrom]")!.Value);
        Assert.Equal(new TimeOnly(21, 0), await app.InDatabase(db => db.NoticeChoices.Where(c => c.PersonId == app.World.Zhang.Id).Select(c => c.QuietFrom).SingleAsync()));
    }

    [Fact]
    public async Task A_refused_form_can_be_corrected_and_sent_again_with_its_key_and_others_have_their_own()
    {
        var (sun, qian) = (await app.SignInAs(app.World.Sun), await app.SignInAs(app.World.Qian));
        var key = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sun.PostAsync("/findings/rechecks", new { Month = "2199-01", FormKey = key })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await sun.PostAsync("/findings/rechecks", new { Month = app.Clock.GetUtcNow().AddMonths(-4).ToString("yyyy-MM"), FormKey = key })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await qian.PostAsync("/notices/choices", new { QuietFrom = "21:00", QuietTo = "06:00", FormKey = key })).StatusCode);
    }

    Task<int> DrawnAsync() => app.InDatabase(db => db.Journal.CountAsync(row => row.Event == "finding-recheck.drawn"));
}
