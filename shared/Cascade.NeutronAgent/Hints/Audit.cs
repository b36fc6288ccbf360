namespace Cascade.NeutronAgent.Hints;

/// <summary>Asks for a full comparison each audit_interval: what no message told is found then at the latest.</summary>
public sealed class Audit(HintBook book, NeutronAgentOptions options, TimeProvider time) : IWorker
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
