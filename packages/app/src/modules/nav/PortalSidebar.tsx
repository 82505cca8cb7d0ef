import {
  Link,
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import type {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { RiMenuLine, RiSettings4Line, RiUserLine } from '@remixicon/react';
import { PortalMark } from './PortalMark';

function PortalSidebarItem(props: NavContentNavItem) {
  return (
    <SidebarItem to={props.href} icon={() => props.icon} text={props.title} />
  );
}

function PortalHome() {
  const { isOpen } = useSidebarOpenState();
  return (
    <div
      style={{
        width: sidebarConfig.drawerWidthClosed,
        height: 3 * sidebarConfig.logoHeight,
        display: 'flex',
        alignItems: 'center',
        marginBottom: -14,
      }}
    >
      <Link
        to="/"
        underline="none"
        aria-label="Security profiles, start page"
        style={{
          marginLeft: 22,
          display: 'flex',
          alignItems: 'center',
          gap: 12,
          color: 'white',
          whiteSpace: 'nowrap',
        }}
      >
        <PortalMark />
        {isOpen && <strong>Security profiles</strong>}
      </Link>
    </div>
  );
}

/** The portal's own navigation: the catalog, our pages, then whatever else is installed, and the settings. */
export function PortalSidebar(props: NavContentComponentProps) {
  const nav = props.navItems.withComponent(PortalSidebarItem);
  // Settings stand at the bottom, as a group of their own on narrow screens.
  props.navItems.take('page:user-settings');
  return (
    <Sidebar>
      <PortalHome />
      <SidebarDivider />
      <SidebarGroup label="Menu" icon={<RiMenuLine aria-hidden />}>
        {nav.take('page:catalog')}
        {nav.take('page:security-profiles')}
        {nav.rest({ sortBy: 'title' })}
      </SidebarGroup>
      <SidebarSpace />
      <SidebarDivider />
      <SidebarGroup
        label="Settings"
        icon={<RiUserLine aria-hidden />}
        to="/settings"
      >
        <SidebarItem
          to="/settings"
          icon={() => <RiSettings4Line aria-hidden />}
          text="Settings"
        />
      </SidebarGroup>
    </Sidebar>
  );
}
