using Ronghe.Platform;
using Ronghe.Platform.Notices;
using Ronghe.Platform.Robots;
using Ronghe.Platform.Web.Parts;

namespace Ronghe.Organisation.Robots.Pages;

/// <summary>What a robot tells and when, as it is typed.</summary>
public sealed class RobotForm
{
    public string? Title { get; set; }
    public string? Home { get; set; }
    public string[] Kinds { get; set; } = [];
    public bool IsGathered { get; set; }
    public bool ShowsPlaces { get; set; }
    public TimeOnly? QuietFrom { get; set; } = NoticeChoice.NightFrom;
    public TimeOnly? QuietTo { get; set; } = NoticeChoice.NightTo;
    public TimeOnly? DigestAt { get; set; } = RobotChoice.UsualDigest;
    public bool IsOn { get; set; } = true;

    public static RobotForm Of(RobotDetail robot) => new()
    {
        Title = robot.Title, Home = robot.Home, Kinds = [.. robot.Kinds], IsGathered = robot.IsGathered, ShowsPlaces = robot.ShowsPlaces,
        QuietFrom = robot.QuietFrom, QuietTo = robot.QuietTo, DigestAt = robot.DigestAt, IsOn = robot.IsOn,
    };

    public RobotChoice ToChoice() => new(Title ?? "", Home ?? "", Kinds, IsGathered, ShowsPlaces, Time(QuietFrom, nameof(QuietFrom)), Time(QuietTo, nameof(QuietTo)), Time(DigestAt, nameof(DigestAt)), IsOn);

    static TimeOnly Time(TimeOnly? time, string field) => time ?? throw new Refusal("请填时间，没有保存，填写的内容还在。", field);
}

/// <summary>Where a robot is, as it is typed; never written back into a page.</summary>
public sealed class AddressForm
{
    public static readonly Option[] Platforms = [.. RobotFormats.All.Select(format => new Option(format.Platform.ToString(), format.Title))];

    public RobotPlatform Platform { get; set; }
    public string? Address { get; set; }
    public string? Secret { get; set; }

    public TypedAddress ToTyped() => new(Platform, Address, Secret);
}
