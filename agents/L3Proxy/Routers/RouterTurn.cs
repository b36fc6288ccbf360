namespace Cascade.L3Proxy.Routers;

/// <summary>Whenever this copy becomes the active one, before anything is looked at.</summary>
internal sealed class RouterTurn(RouterBook book) : IRecovery
{
    public Task RecoverAsync(CancellationToken cancelled)
    {
        book.BeginTurn();
        return Task.CompletedTask;
    }
}
