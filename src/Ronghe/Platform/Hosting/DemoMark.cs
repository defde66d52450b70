using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ronghe.Platform.Hosting;

/// <summary>
/// Stands in a database in which a demo plant was begun, and says whether it was finished. Nothing but the demo opens a database with
/// an unfinished one, so all that lies there is the demo's own and may be cleared away. Without a mark the data are somebody's real ones.
/// </summary>
public sealed class DemoMark
{
    const int TheOnlyOne = 1;

    DemoMark() { }

    public DemoMark(DateTimeOffset now) => BegunAt = now;

    public int Id { get; private init; } = TheOnlyOne;
    public DateTimeOffset BegunAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public bool IsFinished => FinishedAt is not null;

    public void Finish(DateTimeOffset now) => FinishedAt = now;

    /// <exception cref="Refusal">A demo plant was begun here and not finished.</exception>
    internal static async Task RefuseUnfinishedAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AppDb>().DemoMarks.AnyAsync(mark => mark.FinishedAt == null, cancel))
            throw new Refusal("这里的演示电厂没有装完（正在装，或者上次中断了），没有做任何改动。请用 serve --demo 启动，它会清掉没装完的部分重新装；正式使用请用 --data 换一个空的数据文件夹。");
    }
}

public sealed class DemoMarkTables : IEntityTypeConfiguration<DemoMark>
{
    public void Configure(EntityTypeBuilder<DemoMark> table)
    {
        table.ToTable("demo_mark");
        table.Property(mark => mark.Id).ValueGeneratedNever();
    }
}
