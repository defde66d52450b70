using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Ronghe.Platform.Security;

namespace Ronghe.Tests;

/// <summary>One browser (or program): keeps its cookies, follows no redirect because a test wants to see it, fills forms as a browser would.</summary>
public sealed class Visitor(Microsoft.AspNetCore.TestHost.TestServer server, bool https)
{
    const string TokenField = "__RequestVerificationToken";

    readonly HttpClient _http = new(server.CreateHandler()) { BaseAddress = new Uri(https ? "https://localhost" : "http://localhost") };
    readonly Dictionary<string, string> _cookies = [];

    /// <summary>Sent with every request when set.</summary>
    public string? Bearer { get; set; }
    public string Address { get; set; } = "127.0.0.1";
    public string UserAgent { get; set; } = "";

    public IReadOnlyDictionary<string, string> Cookies => _cookies;
    public void SetCookie(string name, string value) => _cookies[name] = value;
    public void DropCookie(string name) => _cookies.Remove(name);

    public Task<HttpResponseMessage> GetAsync(string url) => SendAsync(new(HttpMethod.Get, url));

    /// <summary>A page that must show.</summary>
    public async Task<IHtmlDocument> ReadAsync(string url)
    {
        var answer = await GetAsync(url);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.PageAsync();
    }

    /// <summary>Opens a page, fills its form and sends it. Fields that are not named keep what the page shows.</summary>
    /// <param name="url">The page with the form.</param>
    /// <param name="fields">What the person types or chooses.</param>
    /// <param name="handler">The button pressed: the page handler it posts to.</param>
    /// <param name="form">Which form, when the page has several: a CSS selector.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string url, object? fields = null, string? handler = null, string form = "form[method=post]")
    {
        var page = await ReadAsync(url);
        var element = page.QuerySelector<IHtmlFormElement>(form) ?? throw new InvalidOperationException($"{url} has no {form}.");
        var values = Shown(element);
        foreach (var (name, value) in Named(fields))
        {
            values.RemoveAll(pair => pair.Key == name);
            values.Add(new(name, value));
        }
        var action = element.GetAttribute("action") is { Length: > 0 } stated ? stated : url;
        return await PostAsync(handler is null ? action : WithHandler(action, handler), values);
    }

    /// <summary>Posts fields to a page that need not show a form for it, with a valid form token of some other page.</summary>
    public async Task<HttpResponseMessage> PostAsync(string url, object? fields = null, string tokenFrom = "/me")
    {
        var values = Named(fields).ToList();
        values.Add(new(TokenField, await TokenAsync(tokenFrom)));
        return await PostAsync(url, values);
    }

    public Task<HttpResponseMessage> PostAsync(string url, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(new(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Calls the API; with the form token when it rides on a cookie.</summary>
    public async Task<HttpResponseMessage> CallAsync(HttpMethod method, string url, object? body = null)
    {
        var request = new HttpRequestMessage(method, url);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType());
        if (Bearer is null && method != HttpMethod.Get) request.Headers.Add(ApiForms.Header, await TokenAsync("/me"));
        return await SendAsync(request);
    }

    /// <summary>How many round trips to the database a GET costs, sign-in and rights included.</summary>
    public async Task<int> CountRoundTripsAsync(string url)
    {
        var id = Guid.CreateVersion7().ToString();
        var count = TestTraffic.Counts.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add(TestTraffic.CountHeader, id);
        var answer = await SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await count.Task;
    }

    public async Task<string> TokenAsync(string url) =>
        (await ReadAsync(url)).QuerySelector<IHtmlInputElement>($"input[name={TokenField}]")?.Value ?? throw new InvalidOperationException($"{url} has no form.");

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken hangUp = default)
    {
        request.Headers.Add(TestTraffic.AddressHeader, Address);
        if (UserAgent.Length > 0) request.Headers.Add("User-Agent", UserAgent);
        if (Bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Bearer);
        if (_cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await _http.SendAsync(request, hangUp);
        if (answer.Headers.TryGetValues(TestTraffic.FaultHeader, out var fault))
            throw new InvalidOperationException("The product failed: " + Encoding.UTF8.GetString(Convert.FromBase64String(fault.Single())));
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
            foreach (var cookie in set) Keep(cookie);
        return answer;
    }

    void Keep(string header)
    {
        var (name, value) = header.Split(';')[0].Split('=', 2) is [var left, var right] ? (left, right) : (header, "");
        if (value.Length == 0) _cookies.Remove(name);
        else _cookies[name] = value;
    }

    static List<KeyValuePair<string, string>> Shown(IHtmlFormElement form)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var element in form.Elements)
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "file" or "button" }: break;
                case IHtmlInputElement { Name: { } name } input: values.Add(new(name, input.Value)); break;
                case IHtmlTextAreaElement { Name: { } name } area: values.Add(new(name, area.Value)); break;
                case IHtmlSelectElement { Name: { } name } select: values.Add(new(name, select.Value ?? "")); break;
            }
        return values;
    }

    static IEnumerable<KeyValuePair<string, string>> Named(object? fields) => fields switch
    {
        null => [],
        IEnumerable<KeyValuePair<string, string>> pairs => pairs,
        _ => fields.GetType().GetProperties().Select(property => KeyValuePair.Create(property.Name.Replace("__", "."), property.GetValue(fields)?.ToString() ?? "")),
    };

    static string WithHandler(string url, string handler) => url + (url.Contains('?') ? '&' : '?') + "handler=" + handler;
}

public static class Pages
{
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    /// <summary>The visible text of an answer, for looking for a sentence.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage answer) => (await answer.PageAsync()).Body?.TextContent ?? "";
}
