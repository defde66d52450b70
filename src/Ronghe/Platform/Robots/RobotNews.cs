namespace Ronghe.Platform.Robots;

/// <summary>A kind of news for groups, defined by the capability that has it.</summary>
/// <param name="Key">e.g. <c>watch.found</c>.</param>
/// <param name="Title">As the settings and the card name it.</param>
/// <param name="Words">What a group reads, with <c>{0}</c> for how many: nothing of the content.</param>
/// <param name="Hint">For whoever chooses.</param>
public sealed record RobotNewsKind(string Key, string Title, string Words, string Hint)
{
    /// <summary>Counted once a day and told with the digest; others are told as they happen, unless the robot gathers them.</summary>
    public bool IsDaily { get; init; }

    public string Say(int count) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Words, count);
}

/// <summary>Something for the group of one unit or Party organisation.</summary>
/// <param name="Key">Told once for each robot.</param>
/// <param name="Href">Where it leads, on this host.</param>
public sealed record RobotNews(Guid NodeId, string Kind, string Key, string Href)
{
    public int Count { get; init; } = 1;
    public string? PlaceCode { get; init; }
}

/// <summary>What a capability makes of new rows of the journal.</summary>
public sealed record RobotNewsSource(Func<IServiceProvider, IReadOnlyList<Journal.JournalRow>, CancellationToken, Task<IReadOnlyList<RobotNews>>> Find);

/// <summary>What a capability counts for some units and Party organisations on a day.</summary>
public sealed record RobotDailySource(Func<IServiceProvider, IReadOnlyList<Guid>, DateOnly, CancellationToken, Task<IReadOnlyList<RobotNews>>> Find);

/// <summary>All kinds together.</summary>
public sealed class RobotNewsKinds(IEnumerable<RobotNewsKind> kinds)
{
    public const string Digest = "digest", Test = "test";

    readonly Dictionary<string, RobotNewsKind> _byKey = kinds.ToDictionary(kind => kind.Key);

    public IReadOnlyCollection<RobotNewsKind> All => _byKey.Values;

    public RobotNewsKind? Find(string key) => _byKey.GetValueOrDefault(key);

    public string TitleOf(string key) => key switch { Digest => "每日汇总", Test => "测试消息", _ => Find(key)?.Title ?? "消息" };

    /// <summary>A kind that a later version no longer has is still told of.</summary>
    public string Say(string key, int count) => Find(key)?.Say(count) ?? "有一条新消息";
}
