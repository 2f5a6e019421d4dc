/* What the driver of a device tells of its ports, beside the values of their options. */
#pragma once
#include "state/observed.h"
#include <netlink/attr.h>

/** Reads it into a port whose ->port_kind is known. @data: IFLA_INFO_SLAVE_DATA, or NULL */
void nl_port_read(ObservedLink *link, struct nlattr *data);

/* observe-link.c */
IfcfgMac nl_attr_mac(struct nlattr *attr);
gboolean nl_mac_is_zero(const IfcfgMac *mac);
