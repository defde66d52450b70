using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ronghe.Tests.Platform.Web;

/// <summary>Requests as no client library sends them, byte by byte to the real server.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    TestApp _app = null!;
    Uri _address = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(builder => builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0"));
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Whatever_is_sent_it_answers_with_a_refusal_and_goes_on()
    {
        foreach (var (what, bytes, answers) in Hostile())
        {
            var answer = await SendAsync(bytes);
            Assert.True(answers.Any(expected => answer.StartsWith($"HTTP/1.1 {expected} ", StringComparison.Ordinal)), $"{what}: {answer[..Math.Min(300, answer.Length)]}");
            Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(Get("/sign-in")));
        }
    }

    [Theory]
    [InlineData("/api/v1/findings", "application/json")]
    [InlineData("/findings/report", "application/x-www-form-urlencoded")]
    [InlineData("/sign-in", "application/x-www-form-urlencoded")]
    public async Task A_body_that_promises_too_much_is_refused_in_words_before_it_is_read(string path, string type)
    {
        var answer = await SendAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {type}\r\nContent-Length: 5000000000\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("超过", System.Text.RegularExpressions.Regex.Unescape(answer));
    }

    [Fact]
    public async Task A_body_that_grows_without_saying_so_is_cut_off_in_words()
    {
        var chunk = $"8000\r\n{new string('x', 0x8000)}\r\n";
        var body = new StringBuilder("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nNumber\r\n1\r\n=\r\n");
        for (var i = 0; i < 8; i++) body.Append(chunk);
        var answer = await SendAsync(Encoding.ASCII.GetBytes(body.Append("0\r\n\r\n").ToString()));
        Assert.StartsWith("HTTP/1.1 413 ", answer);
        Assert.Contains("超过", answer);
    }

    static IEnumerable<(string What, byte[] Bytes, int[] Answers)> Hostile()
    {
        yield return ("a huge header", Get("/sign-in", $"X-Big: {new string('x', 70_000)}\r\n"), [431]);
        yield return ("a thousand headers", Get("/sign-in", string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: 1\r\n"))), [431]);
        yield return ("a huge cookie", Get("/sign-in", $"Cookie: ronghe={new string('A', 20_000)}\r\n"), [200]);
        yield return ("cookies that are none", Get("/sign-in", "Cookie: ronghe=%00; ronghe-device=x; ronghe-form=\u0001;;;==\r\n"), [200, 400]);
        yield return ("a huge query", Get("/sign-in?q=" + new string('x', 9_000)), [414]);
        yield return ("a long query", Get("/sign-in?returnUrl=" + new string('x', 7_000)), [200]);
        yield return ("NUL in the path", Get("/people/%00"), [400]);
        yield return ("NUL in the query", Get("/sign-in?returnUrl=a%00b"), [400]);
        yield return ("bytes that are no UTF-8 in the path", Get("/people/%FF%FE%ED%A0%80"), [302, 400, 404]);
        yield return ("bytes that are no UTF-8 in the query", Get("/people?q=%FF%C0%80"), [302]);
        yield return ("raw bytes in the request line", [.. "GET /"u8, 0xff, 0xfe, 0, .. " HTTP/1.1\r\nHost: localhost\r\n\r\n"u8], [400]);
        yield return ("a way out of the folder", Get("/assets/../../../../etc/passwd"), [302, 400, 404]);
        yield return ("an encoded way out of the folder", Get("/assets/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd"), [302, 400, 404]);
        yield return ("an address that is none", Get("/findings/not-a-guid"), [404]);
        yield return ("no host", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"), [400]);
        yield return ("a method of its own", Encoding.ASCII.GetBytes("FROB /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), [400, 405]);
        yield return ("two lengths", Encoding.ASCII.GetBytes("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"), [400]);
        yield return ("a length below zero", Encoding.ASCII.GetBytes("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n"), [400]);
        yield return ("a token that is none", Get("/api/v1/findings", "Authorization: Bearer \u0001' or 1=1\r\n"), [400, 401]);
        yield return ("a form without its end", Post("/sign-in", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"Number\"\r\n\r\nabc"), [400]);
        yield return ("a form without a boundary", Post("/sign-in", "multipart/form-data", "Number=1"), [400]);
    }

    static byte[] Get(string target, string headers = "") => Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");

    static byte[] Post(string target, string type, string body) =>
        Encoding.Latin1.GetBytes($"POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>What comes back until the server closes or says no more; the request may be cut off while it is being sent.</summary>
    async Task<string> SendAsync(byte[] request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_address.Host, _address.Port, Cancel);
        var stream = socket.GetStream();
        var received = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, Cancel);
            var buffer = new byte[64 * 1024];
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            for (int read; (read = await stream.ReadAsync(buffer, patience.Token)) > 0;)
            {
                received.Write(buffer, 0, read);
                if (IsWhole(received)) break;
            }
        }
        catch (IOException) when (received.Length > 0)
        {
            // Answered and closed before all was sent.
        }
        return Encoding.UTF8.GetString(received.ToArray());
    }

    /// <summary>An answer that keeps the connection open says its length, or ends with an empty chunk.</summary>
    static bool IsWhole(MemoryStream received)
    {
        var text = Encoding.Latin1.GetString(received.GetBuffer(), 0, (int)received.Length);
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0) return false;
        var length = System.Text.RegularExpressions.Regex.Match(text[..head], @"Content-Length: (\d+)");
        return length.Success ? text.Length - head - 4 >= int.Parse(length.Groups[1].Value) : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}
