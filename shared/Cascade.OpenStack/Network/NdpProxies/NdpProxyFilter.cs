namespace Cascade.OpenStack.Network;

/// <summary>
/// Which NDP proxies to list. Only the name is a filter where <c>filter-validation</c> is on (neutron_lib/api/definitions/l3_ndp_proxy.py has
/// no <c>is_filter</c> for ids, project, router and port): list all and look.
/// </summary>
public sealed record NdpProxyFilter : ListFilter;
