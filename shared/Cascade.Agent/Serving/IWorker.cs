namespace Cascade.Agent.Serving;

/// <summary>Something that goes on beside the serving of messages while this copy is the active one: a watch, an audit, a heartbeat.</summary>
public interface IWorker
{
    /// <summary>For logs.</summary>
    string Name { get; }

    /// <summary>Runs until cancelled. A fault that comes out is logged, and the worker is started again a little later.</summary>
    Task RunAsync(CancellationToken cancelled);
}
