using Cascade.Contracts.Cinder.Faults;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>Which object a message is about.</summary>
public static class ObjectId
{
    /// <param name="of">As it came.</param>
    /// <param name="method">What was asked, for the reader of the fault.</param>
    /// <exception cref="RpcFault">It says no id.</exception>
    public static string Id(this VersionedObject of, string method) =>
        of.Text("id") ?? throw CinderFaults.Failed($"{method}: the {of.Name} came without its id");
}
