using System.IO.Compression;
using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http;
using Ronghe.Platform.Web;

namespace Ronghe.Tests.Platform.Web;

/// <summary>The kit's own page stands for all pages: shell, parts, headers, forms without JavaScript.</summary>
public class KitTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Every_answer_carries_the_strict_policy()
    {
        foreach (var url in new[] { "/kit", "/nowhere", "/error/500", "/assets/app.css" })
        {
            var headers = (await app.Stranger().GetAsync(url)).Headers;
            var policy = Assert.Single(headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(headers.GetValues("X-Content-Type-Options")));
            Assert.Contains("camera=(self)", Assert.Single(headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Pages_of_people_who_signed_in_are_not_stored()
    {
        var visitor = await app.SignInAs(app.World.Zhou);
        Assert.True((await visitor.GetAsync("/me")).Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Assets_carry_a_fingerprint_and_are_kept_for_long()
    {
        var page = await app.Stranger().ReadAsync("/kit");
        foreach (var address in Assets(page))
        {
            var answer = await app.Stranger().GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_first_page_on_a_phone_weighs_at_most_150_kB()
    {
        var page = await app.Stranger().ReadAsync("/kit");
        var total = await WeightAsync("/kit");
        foreach (var address in Assets(page)) total += await WeightAsync(address);
        Assert.InRange(total, 10_000, 150_000);
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_its_input_and_the_error_beside_the_field()
    {
        var answer = await app.Stranger().SubmitAsync("/kit", new { Form__Description = " ", Form__DueOn = "2026-12-01", Form__Urgency = "danger" }, form: "form[data-draft]");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector(".problems[role=alert]"));
        Assert.Equal("true", page.QuerySelector("#Form_Description")?.GetAttribute("aria-invalid"));
        Assert.Equal("2026-12-01", page.QuerySelector<IHtmlInputElement>("#Form_DueOn")?.Value);
        Assert.True(page.QuerySelector<IHtmlInputElement>("input[value=danger]")?.IsChecked);
    }

    [Fact]
    public async Task A_message_outlives_one_redirect_and_no_more()
    {
        var visitor = app.Stranger();
        var answer = await visitor.SubmitAsync("/kit", new { Form__Description = "护栏松动" }, form: "form[data-draft]");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("样例已提交", (await visitor.ReadAsync("/kit")).QuerySelector(".flash")?.TextContent, StringComparison.Ordinal);
        Assert.Null((await visitor.ReadAsync("/kit")).QuerySelector(".flash"));
    }

    [Fact]
    public async Task A_page_without_message_sets_no_message_cookie()
    {
        var answer = await app.Stranger().GetAsync("/kit");
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("ronghe-flash", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("李建平", HttpStatusCode.Redirect)]
    [InlineData("10231", HttpStatusCode.Redirect)]
    [InlineData("李", HttpStatusCode.UnprocessableEntity)]
    [InlineData("没有这人", HttpStatusCode.UnprocessableEntity)]
    public async Task Words_typed_without_JavaScript_must_mean_one_person(string typed, HttpStatusCode expected)
    {
        var answer = await app.Stranger().SubmitAsync("/kit", new { Form__Description = "x", Form__RectifierId = typed }, form: "form[data-draft]");
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_date_and_time_is_read_in_the_plants_zone()
    {
        var page = await app.Stranger().ReadAsync("/kit");
        Assert.Equal("2026-11-20T09:12", page.QuerySelector<IHtmlInputElement>("#Form_FoundAt")?.GetAttribute("value"));
    }

    [Fact]
    public async Task An_impossible_act_stays_visible_with_its_reason_and_does_nothing()
    {
        var button = (await app.Stranger().ReadAsync("/kit")).QuerySelector("button[aria-disabled=true]");
        Assert.Equal("button", button?.GetAttribute("type"));
        var reason = button?.Owner?.GetElementById(button.GetAttribute("aria-describedby") ?? "");
        Assert.Contains("才能办", reason?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pager_keeps_the_filters_and_drops_the_old_cursor()
    {
        var page = await app.Stranger().ReadAsync("/kit?status=assigned&after=old&q=%E7%82%89");
        var next = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        Assert.Equal("/kit?status=assigned&q=%E7%82%89&after=YH-2026-0362", next);
    }

    [Fact]
    public async Task The_look_is_kept_in_a_cookie_and_odd_values_fall_back()
    {
        var visitor = app.Stranger();
        await visitor.SubmitAsync("/preferences", new { theme = "dark", text = "large", keys = "off" });
        var html = (await visitor.ReadAsync("/kit")).DocumentElement;
        Assert.Equal(("dark", "large", "off"), (html.GetAttribute("data-theme"), html.GetAttribute("data-text"), html.GetAttribute("data-keys")));
        Assert.Equal(new Look("auto", "normal", "on"), Look.Of("\"><script>", "huge", null));
    }

    [Fact]
    public async Task Preferences_lead_back_only_within_the_product()
    {
        var answer = await app.Stranger().SubmitAsync("/preferences", new { returnUrl = "https://example.org/" });
        Assert.Equal("/preferences", answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/error/403", StatusCodes.Status403Forbidden)]
    [InlineData("/error/500", 500)]
    public async Task An_error_page_says_what_happened_and_what_to_do(string url, int status)
    {
        var answer = await app.Stranger().GetAsync(url);
        Assert.Equal(status, (int)answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.NotNull(page.QuerySelector("#page h1"));
        Assert.Contains("怎么办", page.QuerySelector(".failure")?.TextContent, StringComparison.Ordinal);
        Assert.NotEqual("", page.QuerySelector(".failure code")?.TextContent);
    }

    static IEnumerable<string> Assets(IDocument page) =>
        [page.QuerySelector("link[rel=stylesheet]")?.GetAttribute("href") ?? "", page.QuerySelector("script[src]")?.GetAttribute("src") ?? "",
            page.QuerySelector("svg use")?.GetAttribute("href")?.Split('#')[0] ?? ""];

    async Task<int> WeightAsync(string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Accept-Encoding", "gzip");
        var answer = await app.Stranger().SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        using var unpacked = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        Assert.True(unpacked.ReadByte() >= 0);
        return body.Length;
    }
}
