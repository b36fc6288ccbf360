using Cascade.OpenStack;
using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>
/// A section in the words of keystoneauth (keystoneauth1/loading): how to log in to a cloud and which of its endpoints to take.
/// Used for the child and for the parent's REST services alike.
/// </summary>
public static class CloudSection
{
    /// <summary>Reads and checks the section; after a fault the record must not be used, and start is refused.</summary>
    /// <param name="reader">collects the faults.</param>
    /// <param name="name">the section; also the name of the cloud in logs and metrics.</param>
    /// <param name="help">one sentence for the sample.</param>
    /// <param name="serviceTypes">
    /// what is asked of this cloud. One type: <c>endpoint_override</c>. Several: <c>TYPE_endpoint_override</c> each, with underscores.
    /// </param>
    public static CloudOptions Read(OptionReader reader, string name, string help, params IReadOnlyList<string> serviceTypes) =>
        new CloudSectionReading(reader, name, help).Read(serviceTypes);
}
