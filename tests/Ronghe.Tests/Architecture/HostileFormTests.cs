using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ronghe.Tests.Findings;
using Ronghe.Tests.PartyLife.Meetings;

namespace Ronghe.Tests.Architecture;

/// <summary>Every form of the product, with each of its fields in turn filled as no honest person would: done or refused in words, never a fault.</summary>
public class HostileFormTests(TestApp app) : IClassFixture<TestApp>
{
    const string Token = "__RequestVerificationToken";
    static readonly string[] OneByOne = ["", "99999999999999999999", "9999-12-31", "\u0001\u001b\u202e\uffff'\"<>\\%_;--"];
    static readonly string[] AllAtOnce = [.. OneByOne, "-1", "0001-01-01", "00000000-0000-0000-0000-000000000000", new string('长', 5000)];

    [Fact]
    public async Task No_field_of_a_form_makes_a_page_fail()
    {
        var world = app.World;
        var story = new MeetingStory(app);
        var (planned, sitting) = (await story.PlanAsync("待改的会", "PartyLecture"), await story.HeldAsync("在开的会"));
        var (fresh, assigned, rectified, closed) = (await NewAsync(0), await NewAsync(1), await NewAsync(2), await NewAsync(4));
        var pages = new (Ronghe.Organisation.People.Person Person, string Url)[]
        {
            (world.Zhang, "/findings/report"), (world.Zhou, "/meetings/new?type=PartyLecture"), (world.Zhou, $"/meetings/{planned}"), (world.Zhou, $"/meetings/{planned}/people"), (world.Chen, $"/meetings/{sitting}"), (world.Chen, $"/meetings/{sitting}/items/{await story.FirstItemAsync(sitting)}"),
            (world.Ma, "/meetings/rules?edit=VF-01"), (world.Ma, "/meetings/rules?edit=MT-01"), (world.Wu, "/calendar/plans/new"), (world.Wu, "/calendar/feed"), (world.Sun, $"/findings/{fresh}"), (world.Sun, $"/findings/{assigned}"), (world.Liu, $"/findings/{assigned}"),
            (world.He, $"/findings/{rectified}"), (world.Zhang, $"/findings/{closed}"), (world.Sun, "/findings/rules"), (world.Zhou, "/robots/new"), (world.Sun, "/findings/rechecks"), (world.Sun, "/findings/categories"),
            (world.Feng, "/units/new"), (world.Feng, $"/units/{world.ShiftTwo.Id}/edit"), (world.Feng, $"/units/{world.OperationsBranch.Id}/edit"), (world.Feng, "/people/new"),
            (world.Feng, $"/people/{world.Chen.Id}/edit"), (world.Feng, $"/people/{world.Chen.Id}/move"), (world.Feng, $"/people/{world.Guo.Id}/leave"),
            (world.Feng, "/places/new"), (world.Feng, $"/places/{world.FeedPump.Id}/edit"), (world.Feng, "/places/words"), (world.Feng, "/imports/new"),
            (world.Xu, "/appointments/new"), (world.Xu, $"/people/{world.Wang.Id}"), (world.Xu, $"/admin/accounts/{world.Ma.Id}"), (world.Zhao, "/me/password"), (world.Zhao, "/me/tokens"), (world.Zhao, "/me/two-step"), (world.Zhao, "/me/passkeys"), (world.Xu, $"/admin/first-codes?unit={world.ShiftTwo.Id}"),
        };
        var failures = new List<string>();
        var tried = 0;
        foreach (var (person, url) in pages)
        {
            var visitor = await app.SignInAs(person);
            foreach (var (action, fields) in Forms(await visitor.ReadAsync(url), url))
            {
                var names = fields.Keys.Where(name => name != Token).ToList();
                foreach (var field in names)
                    foreach (var value in OneByOne) await ProbeAsync(failures, visitor, action, new Dictionary<string, string>(fields) { [field] = value }, field);
                foreach (var value in AllAtOnce) await ProbeAsync(failures, visitor, action, fields.ToDictionary(pair => pair.Key, pair => pair.Key == Token ? pair.Value : value), names.FirstOrDefault(Token));
                tried += (names.Count * OneByOne.Length) + AllAtOnce.Length;
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(tried > 500, $"only {tried} tried");
    }

    static async Task ProbeAsync(List<string> failures, Visitor visitor, string action, Dictionary<string, string> fields, string field)
    {
        var value = fields[field].Length > 40 ? fields[field][..40] + "…" : fields[field];
        try
        {
            var answer = await visitor.PostAsync(action, fields.AsEnumerable());
            if ((int)answer.StatusCode >= 500) failures.Add($"{action} {field}={value}: {answer.StatusCode}");
            else if ((int)answer.StatusCode >= 400 && await answer.ProblemsAsync() == "") failures.Add($"{action} {field}={value}: {answer.StatusCode} without words");
        }
        catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException)
        {
            failures.Add($"{action} {field}={value}: {fault.Message[..Math.Min(300, fault.Message.Length)]}");
        }
    }

    /// <summary>Each form of the page's own, once for each of its buttons.</summary>
    static IEnumerable<(string Action, Dictionary<string, string> Fields)> Forms(IHtmlDocument page, string url)
    {
        foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]"))
        {
            var fields = new Dictionary<string, string>();
            foreach (var element in form.Elements)
                if (element.GetAttribute("name") is { Length: > 0 } name && element is not IHtmlButtonElement && element is not IHtmlInputElement { Type: "file" or "submit" })
                    fields[name] = element switch { IHtmlInputElement input => input.Value, IHtmlTextAreaElement area => area.Value, IHtmlSelectElement select => select.Value ?? "", _ => "" };
            foreach (var button in form.QuerySelectorAll("button"))
                yield return (AddressOf(button.GetAttribute("formaction") ?? form.GetAttribute("action") ?? "", url), fields);
        }
    }

    static string AddressOf(string action, string url) => action.StartsWith('?') ? url.Split('?')[0] + action : action is "" ? url : action;

    async Task<Guid> NewAsync(int steps)
    {
        var id = await app.ReportAsync(app.World.Zhang, $"走到第 {steps} 步", app.World.CoalFeeder.Id);
        Func<Guid, Task>[] acts = [app.AssignAsync, app.RectifyAsync, app.VerifyAsync, app.CloseAsync];
        foreach (var act in acts.Take(steps)) await act(id);
        return id;
    }
}
