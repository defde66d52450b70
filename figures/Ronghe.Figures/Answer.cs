using System.Text.Json;

namespace Ronghe.Figures;

/// <summary>What the product said, read to its end.</summary>
public sealed record Answer(int Status, string Text, string Location = "", IReadOnlyDictionary<string, string>? Headers = null)
{
    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>Turned away at the door or by the record: not signed in, not allowed, not to be seen.</summary>
    public bool IsTurnedAway => Status is 401 or 403 or 404 || Location.StartsWith("/sign-in?", StringComparison.Ordinal);

    public bool IsInChinese => Words.Any(letter => letter is >= '\u4e00' and <= '\u9fff');

    /// <summary>What a person or a program is told: the title of a problem, else everything.</summary>
    public string Words => Text.StartsWith('{') && Json.TryGetProperty("title", out var title) ? title.GetString() ?? "" : Text;

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public Answer Must(params int[] statuses) => statuses.Contains(Status) || (statuses.Length == 0 && IsGood) ? this
        : throw new InvalidOperationException($"answered {Status}: {Text[..Math.Min(400, Text.Length)]}");

    public static async Task<Answer> ReadAsync(HttpResponseMessage answer, CancellationToken cancel) =>
        new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel), answer.Headers.Location?.OriginalString ?? "",
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
