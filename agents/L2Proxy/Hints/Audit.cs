namespace Cascade.L2Proxy.Hints;

/// <summary>Asks for a full comparison each audit_interval: what no message told is found then at the latest.</summary>
internal sealed class Audit(HintBook book, L2ProxyOptions options, TimeProvider time) : IWorker
{
    public string Name => "audit";

    public async Task RunAsync(CancellationToken cancelled)
    {
        while (true)
        {
            await Task.Delay(options.AuditInterval, time, cancelled);
            book.Resync("audit");
        }
    }
}
