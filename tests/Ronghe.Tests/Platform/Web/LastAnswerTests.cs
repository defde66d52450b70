using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Ronghe.Platform.Web;

namespace Ronghe.Tests.Platform.Web;

/// <summary>What is answered when the error page cannot be made either.</summary>
public class LastAnswerTests
{
    static readonly Exception Away = new InvalidOperationException("retried", new NpgsqlException("broken", new IOException("reset by peer")));

    [Theory]
    [InlineData("/findings", "text/html; charset=utf-8"), InlineData("/api/v1/findings", "application/problem+json")]
    public async Task A_database_that_is_away_is_told_in_words(string path, string type)
    {
        var (answer, words) = await AnswerAsync(path, Away);
        Assert.Equal((503, type, "5"), (answer.StatusCode, answer.ContentType, answer.Headers.RetryAfter.ToString()));
        Assert.Contains("数据库暂时连不上", path.StartsWith("/api", StringComparison.Ordinal) ? System.Text.RegularExpressions.Regex.Unescape(words) : words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_other_fault_is_told_as_a_fault()
    {
        var (answer, words) = await AnswerAsync("/findings", new InvalidOperationException());
        Assert.Equal((500, ""), (answer.StatusCode, answer.Headers.RetryAfter.ToString()));
        Assert.Contains("系统出了故障", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_hung_up_is_not_answered() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => AnswerAsync("/findings", Away, new CancellationToken(canceled: true)));

    static async Task<(HttpResponse, string)> AnswerAsync(string path, Exception problem, CancellationToken aborted = default)
    {
        var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Path = path }, Response = { Body = body }, RequestAborted = aborted };
        await new LastAnswer(_ => throw problem, NullLogger<LastAnswer>.Instance).InvokeAsync(context);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }
}
