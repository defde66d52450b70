using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ronghe.Platform.Data;

namespace Ronghe.Demo;

/// <summary>One act of the play: who, when, what.</summary>
public sealed record DemoAct(DateTimeOffset At, Guid? ById, Func<IServiceProvider, Task> Do)
{
    /// <summary>Who it is when only the course of the story tells: on watch that week, responsible for what was drawn. Nobody: the act falls away.</summary>
    public Func<AppDb, Task<Guid?>>? FindBy { get; init; }

    /// <summary>An act of whoever it is then.</summary>
    public static DemoAct Of(DateTimeOffset at, Func<AppDb, Task<Guid?>> findBy, Func<IServiceProvider, Task> act) => new(at, null, act) { FindBy = findBy };

    /// <summary>The version in which the one who acts finds the record.</summary>
    public static Task<int> VersionAsync<T>(IServiceProvider services, Guid id) where T : Aggregate =>
        services.GetRequiredService<AppDb>().Set<T>().Where(record => record.Id == id).Select(record => record.Version).SingleAsync();

    /// <summary>The same key gives the same id in every installation, so that loading twice stores once.</summary>
    public static Guid IdOf(string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes("ronghe.demo." + key), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
