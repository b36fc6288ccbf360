using Cascade.Agent;
using Cascade.CinderProxy;
using Microsoft.Extensions.Hosting;

return await Host.CreateEmptyApplicationBuilder(null)
    .AddAgent("cascade-cinder-proxy", args, controlExchange: "openstack")
    .AddCinderProxy()
    .RunAsync();
