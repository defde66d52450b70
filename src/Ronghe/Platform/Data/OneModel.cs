using Microsoft.EntityFrameworkCore;

namespace Ronghe.Platform.Data;

/// <summary>
/// EF Core's own services, one set for the process. Left alone EF Core makes a set for each connection string, and with each the model and
/// every compiled query anew: much of a start, and again for the stage of the demo.
/// </summary>
static class OneModel
{
    static readonly ServiceProvider Services = new ServiceCollection().AddEntityFrameworkNpgsql().BuildServiceProvider();

    public static T UseOneModel<T>(this T options) where T : DbContextOptionsBuilder
    {
        options.UseInternalServiceProvider(Services);
        return options;
    }
}
