using Cascade.OpenStack.Placement;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// The parent's placement allocations of one consumer, an instance (nova/scheduler/client/report.py: SchedulerReportClient). The scheduler makes
/// them before we hear of a build; we only take them away.
/// </summary>
internal interface IAllocations
{
    /// <summary>Null when the consumer has none.</summary>
    Task<ConsumerAllocations?> GetAsync(string consumerUuid, CancellationToken cancelled);

    /// <summary>Build failed, reschedule, terminate: gone is fine too.</summary>
    Task DeleteAsync(string consumerUuid, CancellationToken cancelled);

    /// <summary>Takes them away only if nobody changed them since <see cref="GetAsync"/> (terminate with soft delete, shelve offload).</summary>
    /// <returns>False when somebody did.</returns>
    Task<bool> DeleteIfUnchangedAsync(string consumerUuid, ConsumerAllocations seen, CancellationToken cancelled);

    /// <summary>Gives a consumer what another has, in place of what it had (a resize that does not happen). Without the other's there is nothing to give.</summary>
    Task MoveAsync(string fromConsumer, string toConsumer, CancellationToken cancelled);

    /// <summary>
    /// Takes away what a consumer has of one provider and leaves it what others give (an evacuation that does not come here, or that went elsewhere;
    /// nova/scheduler/client/report.py: remove_provider_tree_from_instance_allocation).
    /// </summary>
    /// <returns>False when somebody changed it meanwhile, again and again.</returns>
    Task<bool> RemoveProviderAsync(string consumerUuid, string providerUuid, CancellationToken cancelled);
}
