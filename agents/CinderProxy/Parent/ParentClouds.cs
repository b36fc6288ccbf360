using Cascade.OpenStack;

namespace Cascade.CinderProxy.Parent;

/// <summary>Services of the parent that a cinder-volume speaks to by REST.</summary>
/// <param name="Glance">[glance]</param>
/// <param name="Nova">[nova], as in cinder.conf.</param>
internal sealed record ParentClouds(Cloud Glance, Cloud Nova);
