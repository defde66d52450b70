using Ronghe.Organisation.Access;

namespace Ronghe.Demo;

/// <summary>Lets somebody of the plant act at a moment, through the product's own actions and with no more rights than the person has.</summary>
public sealed class DemoStage(IServiceProvider services, DemoClock clock)
{
    public async Task ActAsync(Guid? personId, DateTimeOffset at, Func<IServiceProvider, Task> act)
    {
        clock.Set(at);
        await using var scope = services.CreateAsyncScope();
        var me = personId is { } id
            ? await scope.ServiceProvider.GetRequiredService<MeQuery>().ByPersonAsync(id) ?? throw new InvalidOperationException($"Person {id} has no account.")
            : Me.System;
        scope.ServiceProvider.GetRequiredService<CurrentMe>().Become(me);
        await act(scope.ServiceProvider);
    }
}
