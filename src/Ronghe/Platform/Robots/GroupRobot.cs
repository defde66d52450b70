using Ronghe.Platform.Data;
using Ronghe.Platform.Notices;

namespace Ronghe.Platform.Robots;

/// <summary>
/// A group's robot as a unit or Party organisation uses it: where it is, what it tells, when. Its address and its secret are encrypted and
/// are never shown again.
/// </summary>
public sealed class GroupRobot : Aggregate
{
    public const int MaxTitle = 40, MostPerNode = 5;

    GroupRobot() { }

    public Guid CompanyId { get; private init; }
    /// <summary>The unit or Party organisation whose group it is.</summary>
    public Guid NodeId { get; private init; }
    /// <summary>Who last arranged it, and is told when it stops.</summary>
    public Guid OwnerId { get; private set; }
    public string Title { get; private set; } = "";
    public RobotPlatform Platform { get; private set; }
    public string Origin { get; private set; } = "";
    public string AddressHint { get; private set; } = "";
    public byte[] AddressHash { get; private set; } = [];
    /// <summary>Encrypted.</summary>
    public byte[] Token { get; private set; } = [];
    /// <summary>Encrypted; null when the robot asks for no signature.</summary>
    public byte[]? Secret { get; private set; }
    /// <summary>By which address people reach the product; links begin with it.</summary>
    public string Home { get; private set; } = "";
    /// <summary>Keys of the <see cref="RobotNewsKind"/>s that it tells.</summary>
    public string[] Kinds { get; private set; } = [];
    /// <summary>What happens during the day is told once, with the digest.</summary>
    public bool IsGathered { get; private set; }
    /// <summary>Codes of places may stand in the group.</summary>
    public bool ShowsPlaces { get; private set; }
    public TimeOnly QuietFrom { get; private set; }
    public TimeOnly QuietTo { get; private set; }
    public TimeOnly DigestAt { get; private set; }
    public bool IsOn { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    public QuietHours Quiet => new(QuietFrom, QuietTo);
    public bool HasSecret => Secret is not null;
    public RobotFormat Format => RobotFormats.Of(Platform);

    public bool Wants(string kind) => IsOn && RemovedAt is null && Kinds.Contains(kind);

    public static GroupRobot Add(Guid id, Guid companyId, Guid nodeId, SealedAddress address, RobotChoice choice, Guid by)
    {
        var robot = new GroupRobot { Id = id, CompanyId = companyId, NodeId = nodeId };
        robot.Take(address);
        robot.Take(choice, by);
        return robot;
    }

    public void Restate(RobotChoice choice, Guid by)
    {
        GuardKept();
        Take(choice, by);
        Acted();
    }

    /// <summary>A new address, whether of the same robot or of another.</summary>
    public void Readdress(SealedAddress address, Guid by)
    {
        GuardKept();
        Take(address);
        OwnerId = by;
        Acted();
    }

    /// <summary>Its keys are forgotten with it.</summary>
    public void Remove(DateTimeOffset at)
    {
        GuardKept();
        (RemovedAt, IsOn, Token, Secret, AddressHash) = (at, false, [], null, []);
    }

    void Take(RobotChoice choice, Guid by) => (Title, Home, Kinds, IsGathered, ShowsPlaces, QuietFrom, QuietTo, DigestAt, IsOn, OwnerId) =
        (choice.Title.Trim(), choice.Home, [.. choice.Kinds.Distinct().Order(StringComparer.Ordinal)], choice.IsGathered, choice.ShowsPlaces, choice.QuietFrom, choice.QuietTo, choice.DigestAt, choice.IsOn, by);

    void Take(SealedAddress address) => (Platform, Origin, AddressHint, AddressHash, Token, Secret) = (address.Platform, address.Origin, address.Hint, address.Hash, address.Token, address.Secret);

    void GuardKept()
    {
        if (RemovedAt is not null) throw new Refusal("这个机器人已经移除，没有改动。");
    }
}

/// <summary>An address whose token and secret are encrypted for one robot.</summary>
public sealed record SealedAddress(RobotPlatform Platform, string Origin, string Hint, byte[] Hash, byte[] Token, byte[]? Secret);

/// <summary>What a robot tells, and when.</summary>
/// <param name="Home">Scheme and host by which people reach the product.</param>
public sealed record RobotChoice(string Title, string Home, IReadOnlyList<string> Kinds, bool IsGathered, bool ShowsPlaces, TimeOnly QuietFrom, TimeOnly QuietTo, TimeOnly DigestAt, bool IsOn)
{
    public static readonly TimeOnly UsualDigest = new(8, 0);

    const int LongestHome = 200;
    const string Kept = "没有保存，填写的内容还在。";

    /// <summary>The same with its address made plain, or refused.</summary>
    public RobotChoice Checked(RobotNewsKinds known)
    {
        if (string.IsNullOrWhiteSpace(Title)) throw new Refusal($"请给机器人起个名字，例如“发电一部党支部群”，{Kept}", nameof(Title));
        if (Title.Trim().Length > GroupRobot.MaxTitle) throw new Refusal($"名字超过 {GroupRobot.MaxTitle} 字，{Kept}", nameof(Title));
        if (Kinds.FirstOrDefault(kind => known.Find(kind) is null) is not null) throw new Refusal($"有一种消息平台不认识，{Kept}请刷新后重选。", nameof(Kinds));
        if (Home.Length > LongestHome || !Uri.TryCreate(Home.Trim(), UriKind.Absolute, out var home) || home is not { Scheme: "https" or "http", UserInfo: "", Query: "", Fragment: "", AbsolutePath: "/" } || home.IdnHost.Length == 0)
            throw new Refusal($"平台地址写成 https://域名 的样子，后面不带路径，{Kept}群里的人点链接就从这里登录。", nameof(Home));
        return this with { Home = home.GetLeftPart(UriPartial.Authority) };
    }
}
