using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Ronghe.Platform;
using Ronghe.Platform.Lists;
using Ronghe.Tests.Findings;

namespace Ronghe.Tests.Platform.Lists;

/// <summary>Everybody's own filters and columns, on every list that has them.</summary>
public class ListSettingTests(TestApp app) : IClassFixture<TestApp>
{
    World World => app.World;

    static string[] Headings(IHtmlDocument page) => [.. page.QuerySelectorAll("main thead th").Select(th => th.TextContent)];

    static string[] Chips(IHtmlDocument page) => [.. page.QuerySelectorAll(".chips.saved a").Select(chip => chip.TextContent.Trim())];

    async Task SaveAsync(Visitor visitor, string query, string name, bool isDefault = false)
    {
        var answer = await visitor.SubmitAsync($"/lists/findings?{query}", isDefault ? new { name, isDefault = "true" } : (object)new { name }, handler: "Save");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal($"/findings?{query}", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_saved_filter_stands_above_the_list_and_is_marked_when_it_is_on()
    {
        await app.ReportAsync(World.Zhang, "筛选用的一条", World.CoalFeeder.Id);
        var sun = await app.SignInAs(World.Sun);
        await SaveAsync(sun, "q=%E7%AD%9B%E9%80%89&status=Reported", "新报的筛选");
        var page = await sun.ReadAsync("/findings");
        var chip = page.QuerySelectorAll(".chips.saved a").Single(a => a.TextContent.Contains("新报的筛选"));
        Assert.Null(chip.GetAttribute("aria-current"));
        page = await sun.ReadAsync(chip.GetAttribute("href")!);
        Assert.Equal("true", page.QuerySelectorAll(".chips.saved a").Single(a => a.TextContent.Contains("新报的筛选")).GetAttribute("aria-current"));
        Assert.Single(page.QuerySelectorAll("main tbody tr"));
        // Written in another order, with empty words, on another page: still the same filter.
        page = await sun.ReadAsync("/findings?status=Reported&unit=&q=筛选");
        Assert.Contains(page.QuerySelectorAll(".chips.saved a"), a => a.GetAttribute("aria-current") == "true");
        Assert.DoesNotContain("新报的筛选", Chips(await (await app.SignInAs(World.Li)).ReadAsync("/findings")));
    }

    [Fact]
    public async Task The_default_filter_opens_the_list_until_something_else_is_asked_for()
    {
        var zhao = await app.SignInAs(World.Zhao);
        await SaveAsync(zhao, "overdue=true", "超期的", isDefault: true);
        await SaveAsync(zhao, "open=true", "没关的", isDefault: true);
        var answer = await zhao.GetAsync("/findings");
        Assert.Equal("/findings?open=true", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await zhao.GetAsync("/findings?all=true")).StatusCode);
        var page = await zhao.ReadAsync("/findings?open=true");
        Assert.Equal("/findings?all=true", page.QuerySelectorAll(".chips.saved a").Single(a => a.TextContent == "全部").GetAttribute("href"));
        Assert.Equal(HttpStatusCode.Redirect, (await zhao.SubmitAsync("/lists/findings", handler: "Default")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhao.GetAsync("/findings")).StatusCode);
    }

    [Fact]
    public async Task A_filter_of_the_same_name_is_replaced_and_a_removed_one_is_gone()
    {
        await app.AsAsync(World.Ma, async services =>
        {
            var (actions, queries) = (services.GetRequiredService<ListSettingActions>(), services.GetRequiredService<ListSettingQueries>());
            await actions.SaveAsync(World.Ma.Id, "people", "党员", "status=Full", false);
            await actions.SaveAsync(World.Ma.Id, "people", " 党员 ", "?status=Probationary&after=x", true);
            var only = Assert.Single((await queries.ForAsync(World.Ma.Id, "people")).Filters);
            Assert.Equal(("党员", "status=Probationary", true), (only.Name, only.Query, only.IsDefault));
            await Assert.ThrowsAsync<NotFound>(() => actions.MakeDefaultAsync(World.Ma.Id, "people", Guid.CreateVersion7()));
            await actions.RemoveAsync(World.Li.Id, "people", only.Id);
            Assert.Single((await queries.ForAsync(World.Ma.Id, "people")).Filters);
            await actions.RemoveAsync(World.Ma.Id, "people", only.Id);
            Assert.Empty((await queries.ForAsync(World.Ma.Id, "people")).Filters);
            foreach (var (name, query) in new[] { ("", "a=b"), (" ", "a=b"), (new string('长', 31), "a=b"), ("好", ""), ("好", "after=1"), ("好", "q=" + new string('x', 1600)) })
                await Assert.ThrowsAsync<Refusal>(() => actions.SaveAsync(World.Ma.Id, "people", name, query, false));
        });
    }

    [Fact]
    public async Task Only_the_chosen_columns_are_written_and_whatever_names_a_row_stays()
    {
        await app.ReportAsync(World.Zhang, "选列用的一条", World.CoalFeeder.Id);
        foreach (var (person, list, path) in new[] { (World.Sun, "findings", "/findings"), (World.Sun, "people", "/people"), (World.Xu, "accounts", "/admin/accounts") })
        {
            var visitor = await app.SignInAs(person);
            var before = Headings(await visitor.ReadAsync(path));
            var description = app.Services.GetServices<ListDescription>().Single(one => one.Key == list);
            // A heading that the list does not have could be ticked for ever without any effect.
            Assert.Empty(description.Columns.Except(before));
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.PostAsync($"/lists/{list}?handler=Columns", new { shown = description.Columns[0] })).StatusCode);
            var after = Headings(await visitor.ReadAsync(path));
            Assert.Equal(before.Except(description.Columns[1..]), after);
            var boxes = (await visitor.ReadAsync($"/lists/{list}")).QuerySelectorAll<IHtmlInputElement>("[name=shown]");
            Assert.Equal([description.Columns[0]], boxes.Where(box => box.IsChecked).Select(box => box.Value));
        }
    }

    [Fact]
    public async Task A_list_that_is_not_mine_to_see_has_no_settings_for_me()
    {
        var zhang = await app.SignInAs(World.Zhang);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.GetAsync("/lists/accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.GetAsync("/lists/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await zhang.GetAsync("/lists/findings?q=%22%3E%3Cscript%3E&status=nonsense")).StatusCode);
    }

    [Fact]
    public async Task The_keys_stand_on_a_page_of_their_own_and_in_the_dialog_alike()
    {
        var page = await (await app.SignInAs(World.Zhang)).ReadAsync("/keys");
        var lists = page.QuerySelectorAll("dl.keys");
        Assert.Equal(2, lists.Length);
        Assert.Equal(lists[0].TextContent, lists[1].TextContent);
    }
}
