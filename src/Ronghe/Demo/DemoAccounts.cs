using System.Text.Json;
using System.Text.Encodings.Web;
using System.Security.Cryptography;

namespace Ronghe.Demo;

/// <summary>A role that somebody can try, played by a person of the demo plant.</summary>
public sealed record DemoRole(string Role, string Title, string Number);

/// <summary>A demo account as it is printed and kept in demo-accounts.json.</summary>
public sealed record DemoAccount(string Role, string Title, string Number, string Name, string Password);

/// <summary>The accounts of the demo, with random passwords of their own in each installation.</summary>
public static class DemoAccounts
{
    public const string FileName = "demo-accounts.json";

    /// <summary>Letters and digits that nobody confuses on a screen.</summary>
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    const int Length = 12;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly DemoRole[] Roles =
    [
        new("worker", "值班员（上报隐患）", "000775"),
        new("rectifier", "检修班组成员（整改）", "000188"),
        new("crew-lead", "班组长", "000232"),
        new("department-head", "部门负责人", "000594"),
        new("secretary", "党支部书记", "000310"),
        new("safety-officer", "安全监察部主任（定级、派发、关闭）", DemoCast.SafetyHead),
        new("verifier", "安全监察专责（复核）", "000674"),
        new("plant-head", "厂长", "000585"),
        new("committee-secretary", "党委书记", "000446"),
        new("union", "工会副主席（职工代表）", "000913"),
        new("discipline", "纪检监督（审计查阅）", "000800"),
        new("system-administrator", "系统管理员", "000955"),
        new("security-administrator", "安全保密管理员", "001090"),
        new("audit-administrator", "安全审计员", "001023"),
    ];

    /// <summary>Posts that the roster does not give: the three administrators and the union's representative.</summary>
    public static readonly (string Role, string Post)[] Posts =
    [
        ("system-administrator", Organisation.Appointments.Posts.SystemAdministrator),
        ("security-administrator", Organisation.Appointments.Posts.SecurityAdministrator),
        ("audit-administrator", Organisation.Appointments.Posts.AuditAdministrator),
        ("union", Organisation.Appointments.Posts.UnionRepresentative),
    ];

    public static string NewPassword() => RandomNumberGenerator.GetString(Letters, Length);

    public static async Task KeepAsync(string dataFolder, IEnumerable<DemoAccount> accounts)
    {
        var file = Path.Combine(dataFolder, FileName);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(accounts, Json));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public static async Task<DemoAccount[]> ReadAsync(string dataFolder)
    {
        var file = Path.Combine(dataFolder, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<DemoAccount[]>(await File.ReadAllTextAsync(file), Json)! : [];
    }
}
